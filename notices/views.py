"""The inbox of a post."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import StaffRequest, wears_a_hat
from lib.keyset import page_of
from notices.actions import mark_all_read
from notices.models import Notice


@wears_a_hat
@require_GET
@never_cache
def inbox(request: StaffRequest) -> HttpResponse:
    """List what this post was told, newest first."""
    standing = Notice.objects.standing().filter(post=request.hat.post)
    page = page_of(standing, by="decided_at", cursor=request.GET.get("at"), descending=True)
    return render(request, "notices/inbox.html", {"page": page})


@wears_a_hat
@require_POST
def read_all(request: StaffRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_all_read(by=request.hat, now=request.now)
    return redirect("notices:inbox")
