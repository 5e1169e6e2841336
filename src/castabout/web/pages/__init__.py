"""One page per file, named after it. ``pages`` in `castabout.web.app` lists them."""
