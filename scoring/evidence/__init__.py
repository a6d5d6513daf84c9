"""Where the catalogue's evidence is read: one module for each kind of fact, each yielding causes. None writes."""
