"""The command line: one module a command. `app` names them all and loads only the one that runs."""
