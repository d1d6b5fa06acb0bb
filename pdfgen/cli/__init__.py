"""The command line: one thin module a command. Only this package knows click."""
