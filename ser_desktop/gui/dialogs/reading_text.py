"""The text that a person reads aloud to make the voice known, in English and German; its content is neutral."""

from __future__ import annotations

READING_TEXTS = {
    "English": (
        "The road to the station begins behind the old mill. First it follows the river, then it turns left, past "
        "three gardens and a small shop that sells bread, paper and tea. At the corner stands a lamp with a clock. "
        "The clock is usually two minutes slow, but nobody minds. From there you can see the tracks. A train comes "
        "every half hour, except on Sunday, when the first one leaves at nine. If you are early, sit on the bench "
        "below the roof. There is a map on the wall, and next to it a list of all the stops between here and the "
        "coast."
    ),
    "Deutsch": (
        "Der Weg zum Bahnhof beginnt hinter der alten Mühle. Zuerst führt er am Fluss entlang, dann biegt er links "
        "ab, vorbei an drei Gärten und einem kleinen Laden, in dem es Brot, Papier und Tee gibt. An der Ecke steht "
        "eine Laterne mit einer Uhr. Die Uhr geht meistens zwei Minuten nach, aber das stört niemanden. Von dort "
        "sieht man schon die Gleise. Alle halbe Stunde kommt ein Zug, nur am Sonntag fährt der erste um neun. Wer "
        "zu früh ist, setzt sich auf die Bank unter dem Dach. An der Wand hängt eine Karte, und daneben steht, wo "
        "der Zug zwischen hier und der Küste hält."
    ),
}
