using System.Text;
using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>What leaves the house, letter by letter.</summary>
public sealed class CalendarFileTests
{
    private static readonly Guid Id = Guid.Parse("019751a0-0000-7000-8000-000000000001");

    [Fact]
    public void An_invitation_is_written_as_the_standard_wants_it()
    {
        const string Expected = """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//MesoClinic//MesoClinic//EN
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:019751a0-0000-7000-8000-000000000001
            SEQUENCE:2
            DTSTAMP:20260601T080000Z
            DTSTART:20260609T090000Z
            DTEND:20260609T093000Z
            SUMMARY:Appointment at Harrow Lane Clinic
            DESCRIPTION:To move or cancel it\, call 020 7946 0142.
            URL:https://portal.clinic.example/me/appointments
            ORGANIZER;CN="Harrow Lane Clinic":mailto:desk@clinic.example
            ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:hannah@po
             st.example
            STATUS:CONFIRMED
            CLASS:PRIVATE
            END:VEVENT
            END:VCALENDAR

            """;
        Assert.Equal(Expected.ReplaceLineEndings("\r\n"), File().Write());
    }

    [Fact]
    public void A_cancellation_says_so_twice()
    {
        var file = (File() with { IsCancelled = true }).Write();
        Assert.Contains("METHOD:CANCEL\r\n", file, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED\r\n", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"Smith; Sons, ""Skin\Care""", @"SUMMARY:Appointment at Smith\; Sons\, ""Skin\\Care""", "CN=\"Smith; Sons, 'Skin\\Care'\"")]
    [InlineData("Two\r\nlines", @"SUMMARY:Appointment at Two\nlines", "CN=\"Twolines\"")]
    [InlineData("A\u0007bell", "SUMMARY:Appointment at Abell", "CN=\"Abell\"")]
    public void What_has_a_meaning_of_its_own_is_escaped(string clinic, string summary, string name)
    {
        var file = Unfold((File() with { Clinic = clinic }).Write());
        Assert.Contains(summary + "\r\n", file, StringComparison.Ordinal);
        Assert.Contains(name, file, StringComparison.Ordinal);
        Assert.Equal(20, file.Split("\r\n").Length);
    }

    [Theory]
    [InlineData("Phòng khám Nguyễn Thị Minh Khai, thành phố Hồ Chí Minh, quận một, tầng hai")]
    [InlineData("診療所診療所診療所診療所診療所診療所診療所診療所診療所診療所")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void No_line_is_longer_than_75_octets_and_no_character_is_cut(string clinic)
    {
        var file = (File() with { Clinic = clinic }).Write();

        Assert.All(file.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(file)));
        Assert.Contains($"SUMMARY:Appointment at {clinic.Replace(",", "\\,", StringComparison.Ordinal)}\r\n", Unfold(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-28T10:00", "20260328T100000Z")] // Winter time, the day before the clocks go forward.
    [InlineData("2026-03-29T03:00", "20260329T020000Z")] // The day itself, after the hour that is skipped.
    [InlineData("2026-10-24T10:00", "20261024T090000Z")] // Summer time, the day before they go back.
    [InlineData("2026-10-25T03:00", "20261025T030000Z")] // The day itself, after the hour that comes twice.
    public void A_time_of_the_clinics_wall_clock_is_the_right_instant_on_both_days_of_the_change(string wall, string start)
    {
        var utc = TimeZoneInfo.ConvertTimeToUtc(DateTime.Parse(wall, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
        Assert.Contains($"DTSTART:{start}\r\n", (File() with { StartUtc = utc, EndUtc = utc.AddMinutes(30) }).Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_message_has_a_text_in_which_nothing_is_left_open()
    {
        foreach (var kind in Enum.GetValues<MessageKind>())
        {
            var letter = Letters.Write(kind, "en", "{clinic} {nothing}", new DateTime(2026, 6, 9, 10, 0, 0, DateTimeKind.Unspecified), "020 7946 0142", "https://portal.clinic.example/me/appointments");
            var rest = (letter.Subject + letter.Body).Replace("{clinic} {nothing}", "", StringComparison.Ordinal);
            Assert.DoesNotContain("{", rest, StringComparison.Ordinal);
            Assert.DoesNotContain("Subject:", rest, StringComparison.Ordinal);
            Assert.All(new[] { "Tuesday 9 June 2026, 10:00", "020 7946 0142", "https://portal.clinic.example/me/appointments" }, word => Assert.Contains(word, letter.Body, StringComparison.Ordinal));
            Assert.InRange(letter.Subject.Length, 20, 80);
        }
    }

    [Fact]
    public void Every_kind_of_change_has_a_word_in_the_letter_about_several()
    {
        var day = new DateTime(2026, 6, 9, 10, 0, 0, DateTimeKind.Unspecified);
        var letter = Letters.Write([(MessageKind.Booked, day), (MessageKind.Held, day.AddDays(1)), (MessageKind.Moved, day.AddDays(2)), (MessageKind.Cancelled, day.AddDays(3))], "vi", "Clinic", "1", "l");

        Assert.Contains("    Wednesday 10 June 2026, 10:00: held for you, not confirmed yet\r\n", letter.Body, StringComparison.Ordinal);
        Assert.Equal(("en", 4), (letter.Language, letter.Body.Split("June 2026, 10:00: ").Length - 1));
        Assert.DoesNotContain("{", letter.Subject + letter.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_without_texts_is_written_in_english() =>
        Assert.Equal(("en", true), (Letters.Write(MessageKind.Booked, "vi", "C", new DateTime(2026, 6, 9, 10, 0, 0, DateTimeKind.Unspecified), "1", "l") is var letter ? letter.Language : "", letter.Body.Contains("Tuesday 9 June 2026", StringComparison.Ordinal)));

    private static CalendarFile File() => new(
        Id, 2, false, new DateTime(2026, 6, 9, 9, 0, 0, DateTimeKind.Utc), new DateTime(2026, 6, 9, 9, 30, 0, DateTimeKind.Utc), new DateTime(2026, 6, 1, 8, 0, 0, DateTimeKind.Utc),
        "Harrow Lane Clinic", "020 7946 0142", "https://portal.clinic.example/me/appointments", "desk@clinic.example", "hannah@post.example");

    private static string Unfold(string file) => file.Replace("\r\n ", "", StringComparison.Ordinal);
}
