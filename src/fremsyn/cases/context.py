def frame(request):
    return {"frame": None}
