"""What the screens are built of: a widget a file, named for what a person sees."""
