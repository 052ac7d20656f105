"""Agent packages: the spec, what is made from it, pyproject.toml and the code, as far as Datadog's validators look at them."""
