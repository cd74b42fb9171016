"""The engines: `open_engine` opens one by its name, and imports its library only then."""
