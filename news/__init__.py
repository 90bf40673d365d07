"""The ground floor: values and pure rules, free of I/O."""
