"""The phase's pictures: what bears on the questions, the plan of the process, the stakeholders."""

from fremsyn.framing.pictures.plan import process_plan
from fremsyn.framing.pictures.questions import questions_by_area
from fremsyn.framing.pictures.stakeholders import among_its_own, stakeholder_ladder, stakeholder_map

__all__ = ["among_its_own", "process_plan", "questions_by_area", "stakeholder_ladder", "stakeholder_map"]
