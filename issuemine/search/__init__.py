"""Search: the vectors that a query is compared with, and how two rankings become one."""
