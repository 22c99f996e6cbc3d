"""Plans on paper and in files."""

from django.urls import path

from samtun.desk.views import plan_paper

urlpatterns = [
    path("opplaering/planer/<uuid:plan>/plan.pdf", plan_paper.plan_pdf, name="plan_pdf"),
    path("opplaering/planer/<uuid:plan>/plan.xlsx", plan_paper.plan_xlsx, name="plan_xlsx"),
    path("opplaering/planer/<uuid:plan>/plan.csv", plan_paper.plan_csv, name="plan_csv"),
]
