"""Network -> Plan: the MILP, one constraint family a function, and HiGHS behind one function."""
