"""Addresses of the editing pages, under `/cases/<slug>/edit/`."""

from django.urls import path

from fremsyn.cases.editing import paste_views, views

urlpatterns = [
    path("withdrawn/", views.item_withdrawn, name="item_withdrawn"),
    path("find/", views.item_find, name="item_find"),
    path("<slug:kind>/add/", views.item_add, name="item_add"),
    path("<slug:kind>/paste/", paste_views.item_paste, name="item_paste"),
    path("<slug:kind>/rows.tsv", paste_views.item_rows, name="item_rows"),
    path("at/<path:key>/change/", views.item_change, name="item_change"),
    path("at/<path:key>/open/", views.item_open, name="item_open"),
    path("at/<path:key>/withdraw/", views.item_withdraw, name="item_withdraw"),
    path("at/<path:key>/restore/", views.item_restore, name="item_restore"),
    path("at/<path:key>/holds/", views.item_holds, name="item_holds"),
    path("at/<path:key>/history/", views.item_history, name="item_history"),
    path("at/<path:key>/versions/<int:number>/revert/", views.item_revert, name="item_revert"),
]
