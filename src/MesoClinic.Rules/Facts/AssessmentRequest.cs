namespace MesoClinic.Rules.Facts;

/// <summary>One question to the rule book: this patient, this plan, on this day.</summary>
public sealed record AssessmentRequest
{
    /// <summary>The day of the (planned) treatment, in the clinic's time zone.</summary>
    public required DateOnly Date { get; init; }
    public Stage Stage { get; init; } = Stage.Visit;
    public Purpose Purpose { get; init; } = Purpose.Session;

    /// <summary>Whatever is not given was asked and is without finding. Default: it is unknown.</summary>
    public bool HistoryComplete { get; init; }
    public Hemisphere Hemisphere { get; init; } = Hemisphere.North;

    /// <summary>The UV index of that day, 0 and above, without a unit; null = not known.</summary>
    public decimal? UvIndex { get; init; }
    public PatientFacts Patient { get; init; } = new();
    public TreatmentPlan Plan { get; init; } = new();
}

public enum Stage
{
    Booking,
    Visit,
    Start,
}

public enum Purpose
{
    Session,
    AllergyTest,
    Consultation,
    FollowUp,
}

public enum Hemisphere
{
    North,
    South,
    Tropics,
}
