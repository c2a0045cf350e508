"""The ``zhenggai`` command (命令行): arguments, terminal and clock are read here and nowhere else."""
