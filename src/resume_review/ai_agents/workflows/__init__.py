"""The order in which rubric and agents work, and how their answers become one."""
