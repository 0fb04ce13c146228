from django.urls import path

from fremsyn.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/again/", views.confirm, name="confirm"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("demo", views.demo, name="demo"),
    path("demo/<slug:role>", views.demo_sign_in, name="demo_sign_in"),
    path("demo/board/<int:seat>", views.demo_seat, name="demo_seat"),
]
