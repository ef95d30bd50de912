namespace MesoClinic.Domain.Booking;

/// <summary>Why an appointment was cancelled. Kept as a code, so that it can be counted; nothing of a patient's health beyond "ill".</summary>
public enum CancelCode
{
    PatientIll,
    PatientOtherPlans,
    PatientTravel,
    ClinicAway,
    NotSafe,
    BookedByMistake,
    Other,

    /// <summary>By the portal: a provisional time or an offer ran out.</summary>
    RanOut,

    /// <summary>By the portal: its course was stopped.</summary>
    CourseStopped,

    /// <summary>By the portal: the patient took an earlier time for the same thing.</summary>
    MovedEarlier,

    /// <summary>By the portal: an offer that the patient did not take. Nothing was cancelled.</summary>
    OfferDeclined,
}

public enum NoShowCode
{
    NoWord,
    Forgot,
    WrongTime,
    Ill,
    Other,
}
