"""The style that a downloaded drawing carries with it: the stylesheet's light colours, written out."""

PHASES = {
    "framing": "#5145a5",
    "scanning": "#1f5fae",
    "scenarios": "#006b75",
    "direction": "#37702b",
    "strategy": "#865800",
    "plans": "#a5402a",
    "board": "#17242d",
    "talk": "#17242d",
}
TONES = {-3: "#d0823f", -2: "#e9ab76", -1: "#f8dfc8", 0: "#f1f0ec", 1: "#cfe4ec", 2: "#8fc1d4", 3: "#5b9fba"}
SHADES = {0: "#edebe4", 1: "#d6e6f1", 2: "#ffffff", 3: "#f2dfd1", 4: "#d8dadc"}
INK, SURFACE = "#17242d", "#ffffff"

FIXED = """
text{font:13px "IBM Plex Sans",system-ui,"Segoe UI",Roboto,sans-serif;fill:#17242d}
.dim{fill:#4c5961}.small{font-size:12px}.tiny{font-size:10.5px;font-weight:600}.big{font-size:26px}
.strong{font-weight:600}.halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.voice{font-family:Palatino,Georgia,serif;font-style:italic;font-size:14px}
.rule{stroke:#d8d5cb;fill:none}.axis,.leader{stroke:#757d84;fill:none}.area{fill:#f3f2ed}
.ink{fill:#17242d}.stone{fill:#fff;stroke:#17242d;stroke-width:2}.web{stroke:#c4c8ca;fill:none;stroke-width:.8}.faint{fill:#757d84}.bad{fill:#a52a1e}.plate{fill:#fff;opacity:.86}
.k1{fill:#0067a5}.k2{fill:#b84d08}.k3{fill:#59646b}
.l1{stroke:#0067a5;fill:none}.l2{stroke:#b84d08;fill:none}.l3{stroke:#59646b;fill:none}.reach{stroke:none;fill:none}
.edge{stroke:#b5b9bc;fill:none;stroke-width:1.2}.path{stroke:#17242d;fill:none;stroke-width:2.4}
.dashed{stroke-dasharray:4 3}
.w2{stroke-width:2.4}.w3{stroke-width:4.2}.w4{stroke-width:6.5}
"""


def mixed(colour: str, share: float) -> str:
    """Mix a colour with white; `share` of the colour, 0..1."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


def accented(scope: str, colour: str) -> str:
    tints = "".join(f"{scope} .t{i}{{fill:{mixed(colour, 0.08 + 0.08 * i)}}}" for i in range(1, 6))
    return (
        f"{scope} .mark{{fill:{colour};stroke:#fff;stroke-width:1.5}}"
        f"{scope} .open{{fill:#fff;stroke:{colour};stroke-width:2}}"
        f"{scope} .box{{fill:#fff;stroke:{colour};stroke-width:1.4}}"
        f"{scope} .tint,{scope} .tinted{{fill:{colour}}}"
        f"{scope} .hatch{{fill:none;stroke:{colour};stroke-width:2;stroke-dasharray:4 3}}{tints}"
    )


STANDALONE = "".join(
    [
        FIXED.replace("\n", ""),
        accented("svg", INK),
        *(accented(f'[data-phase="{phase}"]', colour) for phase, colour in PHASES.items()),
        *(f".v{'n' if tone < 0 else 'p'}{abs(tone)}{{fill:{colour}}}" for tone, colour in TONES.items()),
        *(f".s{shade}{{fill:{colour}}}" for shade, colour in SHADES.items()),
        "svg .hit,[data-phase] .hit{stroke:#17242d;stroke-width:3}",
        'text[data-on="mark"]{fill:#fff}',
    ]
)
