using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Staff;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>What is queued when, and what is withdrawn.</summary>
public sealed class OutboxTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_booking_queues_a_confirmation_now_and_two_reminders_in_time(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);

        var id = await desk.BookAsync();

        Assert.Equal(
            [(MessageKind.Booked, "2026-06-01 08:00"), (MessageKind.FirstReminder, "2026-06-07 09:00"), (MessageKind.LastReminder, "2026-06-09 06:00")],
            (await MessagesAsync(desk, id)).OrderBy(m => m.DueUtc).Select(m => (m.Kind, At(m.DueUtc))));
    }

    [Fact]
    public async Task Without_the_tick_only_the_reminders_are_queued()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var booking = desk.Booking(AppointmentKind.Consultation);
        booking.SendConfirmation = false;

        var id = (await desk.SendAsync(booking)).Must();

        Assert.Equal([MessageKind.FirstReminder, MessageKind.LastReminder], await KindsAsync(desk, id));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_refused_booking_queues_nothing_and_a_replayed_one_queues_once(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var booking = desk.Booking(AppointmentKind.Consultation);
        var id = (await desk.SendAsync(booking)).Must();

        Assert.Equal(id, (await desk.SendAsync(booking)).Must());
        Assert.IsType<Failure.Conflict>((await desk.SendAsync(desk.Booking(AppointmentKind.Consultation))).Failure);

        Assert.Equal(3, await desk.Clinic.InDatabaseAsync(db => db.OutboxMessages.CountAsync()));
    }

    [Fact]
    public async Task A_refusal_after_the_messages_were_queued_takes_them_back()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var held = desk.Booking();
        held.PatientId = await desk.PatientWithAnOpenQuestionAsync();
        var id = (await desk.SendAsync(held, acknowledge: true)).Must();
        await MessageRuns.RunAsync(desk.Clinic);
        desk.Clinic.Clock.Advance(TimeSpan.FromHours(73));
        await desk.TakesAsync("B01AF01");

        // On its way to the refusal it gives the held time back, which tells the other patient: nothing of that may stay.
        Assert.IsType<Failure.Contraindicated>((await desk.SendAsync(desk.Booking())).Failure);

        Assert.Equal(MessageKind.Held, Assert.Single(await MessagesAsync(desk, id)).Kind);
        Assert.Equal(1, await desk.Clinic.InDatabaseAsync(db => db.OutboxMessages.CountAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_move_withdraws_what_told_of_the_time_before(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var id = await desk.BookAsync(AppointmentKind.Consultation);
        await MessageRuns.RunAsync(desk.Clinic);

        await MoveAsync(desk, id, "11:00");

        var messages = await MessagesAsync(desk, id);
        Assert.Equal([MessageKind.FirstReminder, MessageKind.LastReminder], messages.Where(m => m.State == MessageState.Withdrawn).Select(m => m.Kind).Order());
        Assert.Equal([MessageKind.Moved, MessageKind.FirstReminder, MessageKind.LastReminder], messages.Where(m => m is { State: MessageState.Waiting, Sequence: 1 }).Select(m => m.Kind).Order());
        Assert.Equal("2026-06-09 07:00", At(messages.Single(m => m is { Kind: MessageKind.LastReminder, State: MessageState.Waiting }).DueUtc));
    }

    [Fact]
    public async Task Who_was_not_told_yet_hears_only_of_the_last_time()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await desk.BookAsync(AppointmentKind.Consultation);

        await MoveAsync(desk, id, "11:00");
        await MoveAsync(desk, id, "10:00");
        await MessageRuns.RunAsync(desk.Clinic);

        var mail = Assert.Single(Eml.In(desk.Clinic.OutboxFolder));
        Assert.Contains("is booked", mail.Body, StringComparison.Ordinal);
        Assert.Contains("10:00", mail.Body, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:2\r\n", mail.Calendar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_appointment_is_told_once_and_reminds_nobody()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await desk.BookAsync(AppointmentKind.Consultation);
        await MessageRuns.RunAsync(desk.Clinic);

        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = id, Code = CancelCode.PatientIll, Reason = "Has measles" })).Must();
        await MessageRuns.RunAsync(desk.Clinic);
        desk.Clinic.Clock.Advance(TimeSpan.FromDays(9));
        await MessageRuns.RunAsync(desk.Clinic);

        var mails = Eml.In(desk.Clinic.OutboxFolder);
        Assert.Equal(["Your appointment at Test clinic", "Your appointment at Test clinic is cancelled"], mails.Select(mail => mail["Subject"]));
        Assert.Contains("METHOD:CANCEL\r\n", mails[1].Calendar, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED\r\n", mails[1].Calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("measles", mails[1].Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Booked_and_cancelled_before_anything_was_sent_is_nobodys_news()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await desk.BookAsync(AppointmentKind.Consultation);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = id, Code = CancelCode.Other, Reason = "Wrong person" })).Must();

        Assert.Equal(0, await MessageRuns.RunAsync(desk.Clinic));
    }

    [Fact]
    public async Task A_held_time_is_told_as_held_and_reminded_of_only_once_it_is_confirmed()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var patient = await desk.PatientWithAnOpenQuestionAsync();
        var booking = desk.Booking();
        booking.PatientId = patient;
        var id = (await desk.SendAsync(booking, acknowledge: true)).Must();
        Assert.Equal([MessageKind.Held], await KindsAsync(desk, id));

        var version = await desk.Clinic.InDatabaseAsync(db => db.Patients.Where(p => p.Id == patient).Select(p => p.Version).SingleAsync());
        (await desk.SendAsync(new SaveMedications.Command { PatientId = patient, Version = version, None = true })).Must();

        Assert.Null((await desk.Clinic.AppointmentAsync(id)).ProvisionalUntilUtc);
        Assert.Equal([MessageKind.Booked, MessageKind.Held, MessageKind.FirstReminder, MessageKind.LastReminder], await KindsAsync(desk, id));
        await MessageRuns.RunAsync(desk.Clinic);
        Assert.Contains("is booked", Assert.Single(Eml.In(desk.Clinic.OutboxFolder)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_time_that_runs_out_is_told_as_cancelled()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var booking = desk.Booking();
        booking.PatientId = await desk.PatientWithAnOpenQuestionAsync();
        var id = (await desk.SendAsync(booking, acknowledge: true)).Must();
        await MessageRuns.RunAsync(desk.Clinic);
        desk.Clinic.Clock.Advance(TimeSpan.FromHours(73));

        await using var scope = desk.Clinic.Scope();
        await ((ProvisionalSweep)scope.ServiceProvider.GetService(typeof(ProvisionalSweep))!).SweepAsync(CancellationToken.None);
        await MessageRuns.RunAsync(desk.Clinic);

        Assert.Equal([MessageState.Filed, MessageState.Filed], (await MessagesAsync(desk, id)).Select(m => m.State));
        Assert.Contains("will not take place", Eml.In(desk.Clinic.OutboxFolder)[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminders_follow_the_clinics_settings_and_one_that_is_turned_off_is_not_sent()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var manager = await desk.Clinic.AddManagerAsync();
        await ChangeAsync(new ChangeReminders.Command { SendsFirst = true, FirstHours = 72, SendsLast = true, LastHours = 1 });
        var id = await desk.BookAsync(AppointmentKind.Consultation);
        Assert.Equal(["2026-06-06 09:00", "2026-06-09 08:00"], (await MessagesAsync(desk, id)).Where(m => m.Kind >= MessageKind.FirstReminder).OrderBy(m => m.DueUtc).Select(m => At(m.DueUtc)));

        await ChangeAsync(new ChangeReminders.Command { SendsFirst = false, FirstHours = 72, SendsLast = true, LastHours = 1 });
        await MessageRuns.RunAsync(desk.Clinic);
        desk.Clinic.Clock.Set(new DateTimeOffset(2026, 6, 9, 8, 30, 0, TimeSpan.Zero));
        await MessageRuns.RunAsync(desk.Clinic);

        Assert.Equal(["Your appointment at Test clinic", "See you soon at Test clinic"], Eml.In(desk.Clinic.OutboxFolder).Select(mail => mail["Subject"]).Order().Reverse());

        async Task ChangeAsync(ChangeReminders.Command command)
        {
            command.Version = (await desk.Clinic.SendAsync(manager, new GetReminders.Query())).Must().Version;
            (await desk.Clinic.SendAsync(manager, command)).Must();
        }
    }

    [Theory]
    [InlineData("2026-03-30 10:00", 48, "2026-03-28 10:00")] // The clocks go forward on Sunday 29 March: Saturday is still winter time.
    [InlineData("2026-10-26 10:00", 48, "2026-10-24 09:00")] // They go back on Sunday 25 October: Saturday is still summer time.
    [InlineData("2026-03-29 03:30", 3, "2026-03-28 23:30")] // Three hours as they pass, across the hour that is skipped.
    [InlineData("2026-10-25 03:30", 3, "2026-10-25 00:30")] // And across the one that comes twice.
    [InlineData("2026-03-30 01:30", 24, "2026-03-29 01:00")] // 01:30 does not exist on the day before: 02:00 summer time.
    [InlineData("2026-10-26 01:30", 24, "2026-10-25 00:30")] // It comes twice: the first time.
    [InlineData("2026-06-09 10:00", 27, "2026-06-08 06:00")]
    public void A_reminder_is_due_on_the_wall_clock_by_days_and_as_time_passes_by_hours(string wallStart, int hours, string utc) =>
        Assert.Equal(utc, At(ReminderTimes.DueUtc(DateTime.Parse(wallStart, System.Globalization.CultureInfo.InvariantCulture), hours, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"))));

    private static string At(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<MessageKind>> KindsAsync(Desk desk, Guid appointment) => [.. (await MessagesAsync(desk, appointment)).Where(m => m.State == MessageState.Waiting).Select(m => m.Kind).Order()];

    private static Task<List<OutboxMessage>> MessagesAsync(Desk desk, Guid appointment) =>
        desk.Clinic.InDatabaseAsync(db => db.OutboxMessages.AsNoTracking().Where(m => m.AppointmentId == appointment).ToListAsync());

    private static async Task MoveAsync(Desk desk, Guid id, string start)
    {
        var appointment = await desk.Clinic.AppointmentAsync(id);
        (await desk.SendAsync(new MoveAppointment.Command
        {
            AppointmentId = id,
            Version = appointment.Version,
            Date = BookingBuilders.NextTuesday,
            Start = TimeOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture),
            Minutes = 30,
            PractitionerId = desk.Irina,
            RoomId = desk.Room,
        })).Must();
    }
}

/// <summary>One round of the sender.</summary>
internal static class MessageRuns
{
    public static async Task<int> RunAsync(TestClinic clinic)
    {
        await using var scope = clinic.Scope();
        return await ((OutboxSender)scope.ServiceProvider.GetService(typeof(OutboxSender))!).RunAsync(CancellationToken.None);
    }
}
