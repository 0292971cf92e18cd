"""A look at every file of a built site: where it lies, whom it names, what it asks for, where it leads."""
