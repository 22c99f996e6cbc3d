"""Training plans, composed and agreed on."""

from django.urls import path

from samtun.desk.views import plan_agree, plan_edit, plan_life, plans

_PLAN = "opplaering/planer/<uuid:plan>/"

urlpatterns = [
    path("opplaering/planer/", plans.plans, name="plans"),
    path("opplaering/planer/ny/", plans.plan_new, name="plan_new"),
    path(_PLAN, plans.plan, name="plan"),
    path(f"{_PLAN}les/", plans.plan_shared, name="plan_shared"),
    path(f"{_PLAN}kopier/", plans.plan_copy, name="plan_copy"),
    path(f"{_PLAN}skriv/", plan_edit.plan_edit, name="plan_edit"),
    path(f"{_PLAN}ny-versjon/", plan_edit.plan_version_new, name="plan_version_new"),
    path(f"{_PLAN}forkast/", plan_edit.plan_drop, name="plan_drop"),
    path(f"{_PLAN}forskjell/", plan_edit.plan_compare, name="plan_compare"),
    path(f"{_PLAN}enig/", plan_agree.plan_agree, name="plan_agree"),
    path(f"{_PLAN}start/", plan_agree.plan_start, name="plan_start"),
    path(f"{_PLAN}maal/", plan_life.plan_measure, name="plan_measure"),
    path(f"{_PLAN}maal/fjern/", plan_life.plan_unmeasure, name="plan_unmeasure"),
    path(f"{_PLAN}evaluering/", plan_life.plan_evaluate, name="plan_evaluate"),
    path(f"{_PLAN}deling/", plan_life.plan_share, name="plan_share"),
    path(f"{_PLAN}arkiv/", plan_life.plan_archive, name="plan_archive"),
]
