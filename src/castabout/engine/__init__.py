"""The use cases, as functions over a `castabout.engine.castabout.Castabout`."""
