from . import confinement
