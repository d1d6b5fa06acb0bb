"""Work on a running Dask cluster. Only here is distributed, and it is imported only when it is used."""
