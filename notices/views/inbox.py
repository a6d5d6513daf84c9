"""The inbox of a post."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import StaffRequest, wears_a_hat
from lib.keyset import page_of
from notices import actions
from notices.forms import MarkRead
from notices.matters import told_of
from notices.models import Notice


@wears_a_hat
@require_GET
@never_cache
def inbox(request: StaffRequest) -> HttpResponse:
    """List what this post was told, newest first, each with the matter it is about."""
    standing = Notice.objects.standing().filter(post=request.hat.post)
    page = page_of(standing, by="decided_at", cursor=request.GET.get("at"), descending=True)
    unread = ",".join(str(notice.pk) for notice in page.rows if notice.read_at is None)
    told = told_of(page.rows, request.hat, now=request.now)
    return render(request, "notices/inbox.html", {"page": page, "told": told, "unread": unread})


@wears_a_hat
@require_POST
def mark_read(request: StaffRequest) -> HttpResponse:
    """Mark as read what the page showed when it was drawn."""
    form = MarkRead(request.POST)
    if form.is_valid():
        actions.mark_read(form.cleaned_data["shown"], by=request.hat, now=request.now)
    return redirect("notices:inbox")
