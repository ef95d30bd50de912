using System.Globalization;
using System.Text;

namespace MesoClinic.Application.Booking;

/// <summary>An appointment as calendars read it (RFC 5545, and RFC 5546 for the invitation). It says where and when, not what for.</summary>
/// <param name="Id">The same for the whole life of the appointment: a newer file replaces the older entry.</param>
/// <param name="Sequence">Rises with every change.</param>
/// <param name="StampUtc">When this word of it was written; the same if it is sent again.</param>
/// <param name="Organizer">The clinic's e-mail address.</param>
/// <param name="Attendee">The patient's.</param>
internal sealed record CalendarFile(
    Guid Id, int Sequence, bool IsCancelled, DateTime StartUtc, DateTime EndUtc, DateTime StampUtc, string Clinic, string Phone, string Link, string Organizer, string Attendee)
{
    /// <summary>Longest line in octets, without its line break (RFC 5545, 3.1).</summary>
    private const int LongestLine = 75;

    public string Method => IsCancelled ? "CANCEL" : "REQUEST";

    /// <summary>In UTC: every calendar shows it in its own zone, and no table of the clinic's clock changes has to go along.</summary>
    public string Write()
    {
        var file = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//MesoClinic//MesoClinic//EN");
        Line($"METHOD:{Method}");
        Line("BEGIN:VEVENT");
        Line($"UID:{Id:D}");
        Line(string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{Sequence}"));
        Line($"DTSTAMP:{Utc(StampUtc)}");
        Line($"DTSTART:{Utc(StartUtc)}");
        Line($"DTEND:{Utc(EndUtc)}");
        Line($"SUMMARY:{Text($"Appointment at {Clinic}")}");
        Line($"DESCRIPTION:{Text($"To move or cancel it, call {Phone}.")}");
        Line($"URL:{Link}");
        Line($"ORGANIZER;CN=\"{Quoted(Clinic)}\":mailto:{Address(Organizer)}");
        Line($"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{Address(Attendee)}");
        Line($"STATUS:{(IsCancelled ? "CANCELLED" : "CONFIRMED")}");
        Line("CLASS:PRIVATE");
        Line("END:VEVENT");
        Line("END:VCALENDAR");
        return file.ToString();

        void Line(string text) => Fold(file, text);
    }

    /// <summary>Backslash, semicolon, comma and line break have a meaning of their own in a text (RFC 5545, 3.3.11).</summary>
    private static string Text(string text) => NoControls(text.ReplaceLineEndings("\n").Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));

    /// <summary>A quoted parameter cannot hold a quotation mark.</summary>
    private static string Quoted(string text) => NoControls(text.Replace('"', '\''));

    /// <summary>What would end the address within a mailto: link (RFC 6068).</summary>
    private static string Address(string address) => NoControls(address.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal).Replace("&", "%26", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal));

    private static string NoControls(string text) => string.Concat(text.Where(c => !char.IsControl(c)));

    private static string Utc(DateTime at) => at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Goes on in the next line after a space, and never within a character.</summary>
    private static void Fold(StringBuilder file, string text)
    {
        var octets = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                file.Append("\r\n ");
                octets = 1;
            }

            file.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}
