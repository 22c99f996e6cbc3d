"""What everything looks like: base templates, components, drawings. No models, no other package."""
