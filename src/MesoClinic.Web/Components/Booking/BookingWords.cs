using MesoClinic.Application;
using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;

namespace MesoClinic.Web.Components.Booking;

/// <summary>How kinds, states and refusals of appointments are told.</summary>
internal static class BookingWords
{
    public static string Word(this AppointmentKind kind) => kind switch
    {
        AppointmentKind.Consultation => "Consultation",
        AppointmentKind.AllergyTest => "Allergy test",
        AppointmentKind.FollowUp => "Follow-up",
        _ => "Session",
    };

    public static string Icon(this AppointmentKind kind) => kind switch
    {
        AppointmentKind.Consultation => "message",
        AppointmentKind.AllergyTest => "drop",
        AppointmentKind.FollowUp => "phone",
        _ => "syringe",
    };

    public static string Css(this AppointmentKind kind) => kind switch
    {
        AppointmentKind.Consultation => "k-consultation",
        AppointmentKind.AllergyTest => "k-test",
        AppointmentKind.FollowUp => "k-followup",
        _ => "k-session",
    };

    public static string Word(this AppointmentState state) => state switch
    {
        AppointmentState.CheckedIn => "Checked in",
        AppointmentState.InSession => "In session",
        AppointmentState.NoShow => "Did not come",
        AppointmentState.Offered => "Offered from the waitlist",
        _ => state.ToString(),
    };

    public static string Icon(this AppointmentState state) => state switch
    {
        AppointmentState.Arrived => "bell",
        AppointmentState.CheckedIn => "check",
        AppointmentState.InSession => "syringe",
        AppointmentState.Done => "lock",
        AppointmentState.Cancelled or AppointmentState.NoShow => "close",
        AppointmentState.Offered => "clock",
        _ => "calendar",
    };

    /// <summary>"Session, mesolifting".</summary>
    public static string What(this DayRow row) => row.Indication is { } indication ? $"{row.Kind.Word()}, {Lower(indication)}" : row.Kind.Word();

    /// <summary>A refusal in words, for where no field can carry it.</summary>
    public static string Say(Failure failure) => failure switch
    {
        Failure.Conflict conflict => conflict.Message,
        Failure.Invalid invalid => string.Join(" ", invalid.Errors.Values.SelectMany(messages => messages)),
        Failure.Stale => "Somebody else changed this appointment meanwhile. Look at it as it is now, then try again.",
        Failure.ReasonNeeded => "The reasons are part of this patient's chart. Open the chart with a reason first, then come back.",
        Failure.Forbidden or Failure.NotFound => "This is not there, or not yours to change.",
        _ => "The rule book does not permit it on this day.",
    };

    private static string Lower(string text) => text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}
