"""Addresses of the desk: people."""

from django.urls import URLPattern, path

from samtun.desk.views import cards, leaving, people, roles

urlpatterns: list[URLPattern] = [
    path("folk/", people.people, name="people"),
    path("folk/inviter/", roles.invite, name="invite"),
    path("folk/invitasjon/<uuid:invitation>/send/", roles.send_again, name="invitation_again"),
    path("folk/invitasjon/<uuid:invitation>/trekk/", roles.withdraw, name="invitation_withdraw"),
    path("folk/rolle/<uuid:role>/", roles.change, name="role"),
    path("folk/rolle/<uuid:role>/avslutt/", roles.end, name="role_end"),
    path("folk/kort/<uuid:role>/", cards.card, name="card"),
    path("folk/<uuid:person>/", people.person, name="person"),
    path("folk/<uuid:person>/overlever/", leaving.hand_over, name="hand_over"),
    path("folk/<uuid:person>/konto/", leaving.account, name="person_account"),
    path("mitt-kort/", cards.mine, name="my_card"),
]
