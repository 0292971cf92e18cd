"""The page plan: which pages exist, where, in which languages, for whom, and what each one shows. Pure."""
