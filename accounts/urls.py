"""The door, one's own account, and the administration of people and organs."""

from django.urls import path

from accounts.views import account, door, factors, organs, people, posts, rules

app_name = "accounts"

urlpatterns = [
    path("sign-in/", door.sign_in, name="sign_in"),
    path("sign-in/second-factor/", door.second_factor, name="second_factor"),
    path("sign-in/again/", door.sign_in_again, name="sign_in_again"),
    path("sign-in/unlock/", door.unlock_screen, name="unlock_screen"),
    path("sign-out/", door.sign_out, name="sign_out"),
    path("language/", door.language, name="language"),
    path("hats/", door.choose_hat, name="choose_hat"),
    path("no-post/", door.no_post, name="no_post"),
    path("account/", account.account, name="account"),
    path("account/password/", account.change_password, name="change_password"),
    path("account/devices/<int:pk>/revoke/", account.revoke_device, name="revoke_device"),
    path("account/second-factors/", factors.second_factors, name="second_factors"),
    path("account/second-factors/totp/", factors.add_totp, name="add_totp"),
    path("account/second-factors/passkey/", factors.add_passkey, name="add_passkey"),
    path("account/second-factors/codes/", factors.new_codes, name="new_codes"),
    path("account/second-factors/<int:pk>/remove/", factors.remove_factor, name="remove_factor"),
    path("account/calendar/", account.make_calendar_key, name="make_calendar_key"),
    path("account/calendar/<int:pk>/revoke/", account.revoke_calendar_key, name="revoke_calendar_key"),
    path("posts/<int:pk>/absence/", posts.announce_absence, name="announce_absence"),
    path("posts/<int:pk>/hand-over/", posts.hand_over, name="hand_over"),
    path("absences/<int:pk>/end/", posts.end_absence, name="end_absence"),
    path("colleagues/", people.colleagues, name="colleagues"),
    path("colleagues/<int:pk>/help/", people.help_person, name="help_person"),
    path("administration/staff/", people.staff, name="staff"),
    path("administration/staff/with-nobody/", people.with_nobody, name="with_nobody"),
    path("administration/staff/open/", people.open_account, name="open_account"),
    path("administration/staff/<int:pk>/", people.person, name="person"),
    path("administration/staff/<int:pk>/close/", people.close_account, name="close_account"),
    path("administration/staff/<int:pk>/give-post/", posts.give_post, name="give_post"),
    path("administration/posts/<int:pk>/end/", posts.end_post, name="end_post"),
    path("administration/posts/<int:pk>/portfolio/", posts.portfolio, name="portfolio"),
    path("administration/portfolio/<int:pk>/end/", posts.end_portfolio, name="end_portfolio"),
    path("administration/organs/", organs.organs, name="organs"),
    path("administration/organs/make/", organs.make_organ, name="make_organ"),
    path("administration/organs/<int:pk>/", organs.organ, name="organ"),
    path("administration/organs/<int:pk>/change/", organs.change_organ, name="change_organ"),
    path("administration/organs/<int:pk>/replace/", organs.replace_organ, name="replace_organ"),
    path("administration/organs/<int:pk>/split/", organs.split_organ, name="split_organ"),
    path("administration/policies/", rules.policies, name="policies"),
    path("administration/tokens/", rules.tokens, name="tokens"),
    path("administration/tokens/<int:pk>/revoke/", rules.revoke_token, name="revoke_token"),
]
