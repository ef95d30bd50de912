using MesoClinic.Domain.Booking;

namespace MesoClinic.Web.Components.Booking;

/// <summary>How messages to patients are told.</summary>
internal static class MessageWords
{
    public static string Word(this MessageKind kind) => kind switch
    {
        MessageKind.Booked => "Confirmation",
        MessageKind.Held => "Time held",
        MessageKind.Moved => "New time",
        MessageKind.Cancelled => "Cancellation",
        MessageKind.FirstReminder => "Reminder",
        MessageKind.LastReminder => "Last reminder",
        _ => "Offer of a free time",
    };

    public static string Because(this MessageProblem problem) => problem switch
    {
        MessageProblem.NoEmail => "no e-mail",
        MessageProblem.NoConsent => "does not want to be written to",
        MessageProblem.BadAddress => "the e-mail address cannot be used",
        MessageProblem.Refused => "the mail server refused it",
        _ => "the mail server could not be reached",
    };

    public static string Icon(this MessageState state) => state switch
    {
        MessageState.Sent or MessageState.Filed => "check",
        MessageState.Waiting => "clock",
        MessageState.NotTold or MessageState.GivenUp => "d-caution",
        _ => "close",
    };
}
