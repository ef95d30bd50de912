using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using MesoClinic.Application.Tests.Courses;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>What one command tells a patient is one e-mail; afterwards every appointment speaks for itself again.</summary>
public sealed class SeriesMailTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_series_is_confirmed_in_one_e_mail_with_all_its_times_and_reminded_of_one_by_one(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var course = await BookedCourse.OfAsync(desk, 3);

        Assert.Equal(1, await MessageRuns.RunAsync(desk.Clinic));

        var mail = Assert.Single(Eml.In(desk.Clinic.OutboxFolder));
        Assert.Equal("Your appointments at Test clinic", mail["Subject"]);
        Assert.Contains("    Tuesday 9 June 2026, 10:00: booked\r\n    Tuesday 16 June 2026, 10:00: booked\r\n    Tuesday 23 June 2026, 10:00: booked\r\n", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("{", mail.Body, StringComparison.Ordinal);
        Assert.Equal(3, mail.Calendars.Count);
        Assert.All(course.Sessions.Zip(mail.Calendars), pair => Assert.Contains($"UID:{pair.First:D}\r\n", pair.Second, StringComparison.Ordinal));
        Assert.Equal([MessageState.Filed], await StatesAsync(desk, m => m.Kind == MessageKind.Booked));
        Assert.Equal(6, await desk.Clinic.InDatabaseAsync(db => db.OutboxMessages.CountAsync(m => m.Kind != MessageKind.Booked && m.MailId == null)));
    }

    [Fact]
    public async Task One_of_a_series_that_is_moved_or_cancelled_later_is_told_of_alone()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var course = await BookedCourse.OfAsync(desk, 3);
        await MessageRuns.RunAsync(desk.Clinic);
        var last = await desk.Clinic.AppointmentAsync(course.Sessions[2]);

        (await desk.SendAsync(new MoveAppointment.Command
        {
            AppointmentId = last.Id, Version = last.Version, Date = NextTuesday.AddDays(15), Start = new(10, 0), Minutes = 30, PractitionerId = desk.Irina, RoomId = desk.Room, Acknowledged = course.Cautions,
        })).Must();
        await MessageRuns.RunAsync(desk.Clinic);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = last.Id, Code = CancelCode.PatientTravel })).Must();
        await MessageRuns.RunAsync(desk.Clinic);

        var mails = Eml.In(desk.Clinic.OutboxFolder).ToDictionary(mail => mail["Subject"]);
        Assert.Equal(3, mails.Count);
        Assert.Contains("Wednesday 24 June 2026, 10:00", mails["Your appointment at Test clinic has a new time"].Body, StringComparison.Ordinal);
        Assert.Contains("METHOD:CANCEL", mails["Your appointment at Test clinic is cancelled"].Calendar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_cancelled_before_the_e_mail_went_out_is_left_out_of_it()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var course = await BookedCourse.OfAsync(desk, 3);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = course.Sessions[1], Code = CancelCode.BookedByMistake })).Must();

        await MessageRuns.RunAsync(desk.Clinic);

        var mail = Assert.Single(Eml.In(desk.Clinic.OutboxFolder));
        Assert.DoesNotContain("16 June", mail.Body, StringComparison.Ordinal);
        Assert.Equal(2, mail.Calendars.Count);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_e_mail_that_was_refused_is_tried_again_as_a_whole_under_the_same_message_id(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await using var post = new SmtpListener { Answer = "451 try later" };
        await BookedCourse.OfAsync(desk, 3);

        Assert.Equal(0, await OutboxSenderTests.Sender(desk, post).RunAsync(CancellationToken.None));
        Assert.Equal([MessageState.Waiting], await StatesAsync(desk, m => m.Kind == MessageKind.Booked));
        desk.Clinic.Clock.Advance(OutboxMessage.Backoff[0]);
        post.Answer = "250 taken";
        Assert.Equal(1, await OutboxSenderTests.Sender(desk, post).RunAsync(CancellationToken.None));

        var ids = post.Messages.Select(raw => Eml.Read(raw)["Message-ID"]).ToList();
        Assert.Equal((2, 1), (ids.Count, ids.Distinct().Count()));
        Assert.Equal([MessageState.Sent], await StatesAsync(desk, m => m.Kind == MessageKind.Booked));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Of_several_senders_one_sends_the_whole_e_mail(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await using var post = new SmtpListener();
        await BookedCourse.OfAsync(desk, 8);

        var sent = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => OutboxSenderTests.Sender(desk, post).RunAsync(CancellationToken.None)));

        Assert.Equal(1, sent.Sum());
        Assert.Equal(8, Eml.Read(Assert.Single(post.Messages)).Calendars.Count);
    }

    [Fact]
    public async Task A_course_that_is_stopped_cancels_its_appointments_in_one_e_mail_and_a_manager_tries_it_again_as_one()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var course = await BookedCourse.OfAsync(desk, 3);
        await MessageRuns.RunAsync(desk.Clinic);
        await AddressAsync(desk, "nobody at home");
        (await desk.SendAsync(new StopCourse.Command { CourseId = course.Id, Reason = "Moved away", CancelAppointments = true })).Must();
        Assert.Equal(0, await MessageRuns.RunAsync(desk.Clinic));
        Assert.Equal([MessageState.GivenUp], await StatesAsync(desk, m => m.Kind == MessageKind.Cancelled));
        var manager = await desk.Clinic.AddManagerAsync();
        await AddressAsync(desk, "hannah@post.example");
        var failed = (await desk.Clinic.SendAsync(manager, new ListMessages.Query())).Must().Failed;
        Assert.Equal(3, failed.Count);

        (await desk.Clinic.SendAsync(manager, new RetryMessage.Command { MessageId = failed[1].Id })).Must();
        Assert.Equal(1, await MessageRuns.RunAsync(desk.Clinic));

        Assert.Equal([MessageState.Filed], await StatesAsync(desk, m => m.Kind == MessageKind.Cancelled));
        Assert.Equal(2, (await desk.Clinic.SendAsync(manager, new ListMessages.Query())).Must().SentToday);
        Assert.Contains("23 June 2026, 10:00: cancelled", Eml.In(desk.Clinic.OutboxFolder)[^1].Body, StringComparison.Ordinal);
    }

    private static Task<int> AddressAsync(Desk desk, string email) => desk.Clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.Email, email)));

    private static Task<List<MessageState>> StatesAsync(Desk desk, System.Linq.Expressions.Expression<Func<OutboxMessage, bool>> which) =>
        desk.Clinic.InDatabaseAsync(db => db.OutboxMessages.Where(which).Select(m => m.State).Distinct().ToListAsync());
}
