"""Plain forms (表单): they parse and keep what was typed; rules live in the services."""
