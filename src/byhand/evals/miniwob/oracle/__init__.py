"""How a person does each task, one function a task, by kind. `catalog` has them by name."""
