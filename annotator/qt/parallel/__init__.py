"""The parallel view: two columns of aligned rows, painted by one virtualised widget."""
