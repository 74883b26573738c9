"""How work moves: procedures as data, cases that follow them."""

from feiyu.registry.cases.procedure import Procedure, Transition, load_procedure

__all__ = ["Procedure", "Transition", "load_procedure"]
