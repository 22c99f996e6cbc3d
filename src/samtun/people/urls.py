"""Addresses of accounts; config mounts them once per language. The names are allauth's own."""

from django.urls import path

from samtun.people.views import account, invitation, methods, provider, sign_in

urlpatterns = [
    path("invitasjon/<str:token>/", invitation.invitation, name="people_invitation"),
    path("", account.home, name="account_home"),
    path("mine-data.json", account.download, name="account_download"),
    path("to-trinn/", account.second_factor, name="account_second_factor"),
    path("videre/", account.carry_on, name="account_carry_on"),
    path("logg-inn/", sign_in.login, name="account_login"),
    path("logg-inn/kode/", sign_in.request_code, name="account_request_login_code"),
    path("logg-inn/kode/skriv/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("logg-inn/passnokkel/", sign_in.passkey, name="mfa_login_webauthn"),
    path("logg-inn/to-trinn/", sign_in.second_factor, name="mfa_authenticate"),
    path("logg-ut/", sign_in.logout, name="account_logout"),
    path("ny/", sign_in.by_invitation, name="account_signup"),
    path("stengt/", sign_in.inactive, name="account_inactive"),
    path("e-post/", methods.email, name="account_email"),
    path("e-post/kode/", sign_in.email_code, name="account_email_verification_sent"),
    path("passord/", methods.change_password, name="account_change_password"),
    path("passord/velg/", methods.set_password, name="account_set_password"),
    path("passord/glemt/", sign_in.reset_password, name="account_reset_password"),
    path("passord/glemt/kode/", sign_in.reset_code, name="account_confirm_password_reset_code"),
    path("passord/glemt/nytt/", sign_in.new_password, name="account_complete_password_reset"),
    path(
        "passord/glemt/ferdig/",
        sign_in.new_password_done,
        name="account_password_reset_completed",
    ),
    path("igjen/", methods.reauthenticate, name="account_reauthenticate"),
    path("igjen/kode/", methods.reauthenticate_code, name="mfa_reauthenticate"),
    path("igjen/passnokkel/", methods.reauthenticate_passkey, name="mfa_reauthenticate_webauthn"),
    path("sikkerhet/", methods.index, name="mfa_index"),
    path("sikkerhet/app/", methods.activate_app, name="mfa_activate_totp"),
    path("sikkerhet/app/fjern/", methods.remove_app, name="mfa_deactivate_totp"),
    path("sikkerhet/reservekoder/", methods.recovery, name="mfa_view_recovery_codes"),
    path("sikkerhet/reservekoder/fil/", methods.recovery_file, name="mfa_download_recovery_codes"),
    path("sikkerhet/reservekoder/nye/", methods.new_recovery, name="mfa_generate_recovery_codes"),
    path("sikkerhet/passnokler/", methods.passkeys, name="mfa_list_webauthn"),
    path("sikkerhet/passnokler/ny/", methods.add_passkey, name="mfa_add_webauthn"),
    path(
        "sikkerhet/passnokler/<int:pk>/fjern/", methods.remove_passkey, name="mfa_remove_webauthn"
    ),
    path("sikkerhet/passnokler/<int:pk>/navn/", methods.rename_passkey, name="mfa_edit_webauthn"),
    path("okter/", methods.sessions, name="usersessions_list"),
    path("okter/<int:session>/", account.end_session, name="usersessions_end"),
    path("tilkoblinger/", provider.connections, name="socialaccount_connections"),
    path("ekstern/avbrutt/", provider.cancelled, name="socialaccount_login_cancelled"),
    path("ekstern/feil/", provider.failed, name="socialaccount_login_error"),
    path("ekstern/ny/", provider.signup, name="socialaccount_signup"),
    path("ekstern/<slug:provider_id>/", provider.login, name="openid_connect_login"),
    path("ekstern/<slug:provider_id>/tilbake/", provider.callback, name="openid_connect_callback"),
]
