namespace MesoClinic.Web.Api;

/// <summary>Requests that can be sent as they stand. Tests send them.</summary>
internal static class ApiExamples
{
    public sealed record Example(string Name, string Summary, string Json);

    public static IReadOnlyList<Example> Assess { get; } =
    [
        new("anticoagulant", "A patient who takes rivaroxaban is refused", """
            {
              "date": "2026-07-10",
              "historyComplete": true,
              "patient": { "birthDate": "1990-05-01", "sex": "female", "medications": [{ "atc": "B01AF01" }] },
              "plan": { "indication": "ind-wrinkles", "areas": ["forehead"], "technique": "tech-nappage", "ingredients": ["ing-hyaluronic-acid"] }
            }
            """),
        new("clear", "The same plan without the medicine is allowed", """
            {
              "date": "2026-07-10",
              "historyComplete": true,
              "patient": { "birthDate": "1990-05-01", "sex": "female" },
              "plan": { "indication": "ind-wrinkles", "areas": ["forehead"], "technique": "tech-nappage", "ingredients": ["ing-hyaluronic-acid"] }
            }
            """),
        new("unasked", "An unasked history is incomplete, and what is missing is named", """
            {
              "date": "2026-07-10",
              "patient": { "birthDate": "1990-05-01", "sex": "female" },
              "plan": { "indication": "ind-wrinkles", "areas": ["forehead"], "technique": "tech-nappage", "ingredients": ["ing-hyaluronic-acid"] }
            }
            """),
        new("start", "Everything that can be said, at the start of a session", """
            {
              "date": "2026-07-10",
              "stage": "start",
              "purpose": "session",
              "historyComplete": true,
              "hemisphere": "north",
              "uvIndex": 6,
              "patient": {
                "birthDate": "1990-05-01", "sex": "female", "fitzpatrick": 3, "weightKg": 62.5,
                "conditions": [{ "icd10": "G40.9", "status": "history", "areas": ["cheeks"] }],
                "medications": [{ "id": "med-rivaroxaban", "started": "2025-01-10", "lastDose": "2026-07-01", "prescriberConfirmedStop": true }],
                "allergies": ["alg-sulfites"],
                "answers": { "q-pregnant": "no", "v-fever": false },
                "vitals": { "temperature_c": 36.6 },
                "labs": {},
                "events": [{ "kind": "botulinum-toxin", "date": "2026-07-01", "areas": ["forehead"] }]
              },
              "plan": {
                "indication": "ind-wrinkles", "areas": ["forehead"], "technique": "tech-nappage", "administration": "tech-manual",
                "needleOuterDiameterMm": 0.3, "depthMm": 2, "volumePerInjectionMl": 0.02, "volumeTotalMl": 1.0, "durationMin": 30, "injectionSpeed": "slow",
                "sessionNumber": 1, "lastSession": null, "ingredients": ["ing-hyaluronic-acid", "ing-procaine"],
                "doses": [{ "ingredient": "ing-procaine", "mg": 20, "ml": 1, "product": "Procaine 2 %" }],
                "given": [{ "ingredient": "ing-procaine", "date": "2026-07-03" }],
                "firstUseOfProduct": true, "skinTestDocumented": true, "labelVerifiedFreeOf": ["alg-sulfites"], "labelCompositionVerified": [],
                "consultationDone": true, "setting": "clinic", "productTraceable": true, "ampouleOpenedBefore": false, "productExpired": false, "productRecalled": false, "asepsisComplete": true
              }
            }
            """),
    ];

    public static IReadOnlyList<Example> Aftercare { get; } =
    [
        new("one-day-later", "The day after one session", """
            {
              "sessions": [{ "end": "2026-07-10T15:30:00+02:00", "areas": ["forehead"], "technique": "tech-nappage", "ingredients": ["ing-hyaluronic-acid"] }],
              "patient": { "allergies": ["alg-sulfites"] },
              "at": "2026-07-11T09:00:00+02:00"
            }
            """),
        new("two-sessions", "Two sessions add up", """
            {
              "sessions": [{ "end": "2026-07-03T10:00:00+02:00", "areas": ["cheeks"] }, { "end": "2026-07-10T15:30:00+02:00", "areas": ["forehead"] }],
              "at": "2026-07-11T09:00:00+02:00"
            }
            """),
    ];

    public static IReadOnlyList<Example> Triage { get; } =
    [
        new("swelling", "Swelling that fades, on the fourth day", """{ "symptom": "swelling", "onsetHours": 2, "durationHours": 80, "severity": null, "modifiers": { "trend": "fading" } }"""),
        new("pus", "Pus", """{ "symptom": "pus", "durationHours": 12, "severity": "mild" }"""),
    ];
}
