using MesoClinic.Domain.Booking;
using MesoClinic.Web.Components.Shared.Forms;

namespace MesoClinic.Web.Components.Booking;

/// <summary>Why appointments did not take place, in words.</summary>
internal static class AbsenceWords
{
    /// <summary>What a person may choose.</summary>
    public static readonly IReadOnlyList<Choice> Cancelling = [.. Enum.GetValues<CancelCode>().Where(code => code < CancelCode.RanOut).Select(code => new Choice(code.ToString(), code.Word()))];

    public static readonly IReadOnlyList<Choice> NotComing = [.. Enum.GetValues<NoShowCode>().Select(code => new Choice(code.ToString(), code.Word()))];

    public static string Word(this CancelCode code) => code switch
    {
        CancelCode.PatientIll => "Patient is ill",
        CancelCode.PatientOtherPlans => "Patient has other plans",
        CancelCode.PatientTravel => "Patient is away",
        CancelCode.ClinicAway => "We cannot: practitioner or room",
        CancelCode.NotSafe => "Not safe on that day",
        CancelCode.BookedByMistake => "Booked by mistake",
        CancelCode.RanOut => "The time ran out",
        CancelCode.CourseStopped => "The course was stopped",
        CancelCode.MovedEarlier => "Moved to an earlier time",
        CancelCode.OfferDeclined => "The offer was not taken",
        _ => "Something else",
    };

    public static string Word(this NoShowCode code) => code switch
    {
        NoShowCode.NoWord => "No word",
        NoShowCode.Forgot => "Forgot",
        NoShowCode.WrongTime => "Had another time in mind",
        NoShowCode.Ill => "Was ill, told us later",
        _ => "Something else",
    };
}
