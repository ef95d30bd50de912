using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>How queued messages leave the house: over a mail server, one sender at a time, again after failures.</summary>
public sealed class OutboxSenderTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Over_a_mail_server_the_message_arrives_with_its_calendar_file(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await using var post = new SmtpListener();
        var id = await desk.BookAsync();

        Assert.Equal(1, await Sender(desk, post).RunAsync(CancellationToken.None));

        var mail = Eml.Read(Assert.Single(post.Messages));
        Assert.Equal("\"Test clinic\" <desk@clinic.example>", mail["From"]);
        Assert.Equal("\"Hannah Lindqvist\" <hannah@post.example>", mail["To"]);
        Assert.Equal("auto-generated", mail["Auto-Submitted"]);
        Assert.Contains("Tuesday 9 June 2026, 10:00", mail.Body, StringComparison.Ordinal);
        Assert.Contains("https://portal.clinic.example/me/appointments", mail.Body, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20260609T090000Z\r\n", mail.Calendar, StringComparison.Ordinal);
        Assert.Contains($"UID:{id:D}\r\n", mail.Calendar, StringComparison.Ordinal);
        Assert.Equal(MessageState.Sent, (await MessageAsync(desk)).State);
        Assert.Equal(0, await Sender(desk, post).RunAsync(CancellationToken.None));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Of_two_senders_one_works_on_a_message(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await using var post = new SmtpListener();
        foreach (var start in new[] { "09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00" })
        {
            await desk.BookAsync(AppointmentKind.Consultation, start: start);
        }

        var sent = await Task.WhenAll(Sender(desk, post).RunAsync(CancellationToken.None), Sender(desk, post).RunAsync(CancellationToken.None), Sender(desk, post).RunAsync(CancellationToken.None));

        Assert.Equal(8, sent.Sum());
        Assert.Equal(8, post.Messages.Select(raw => Eml.Read(raw)["Message-ID"]).Distinct().Count());
        Assert.Equal(8, post.Messages.Count);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_sender_that_dies_after_sending_leaves_a_repeat_with_the_same_message_id(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await using var post = new SmtpListener { Answer = null };
        await desk.BookAsync(AppointmentKind.Consultation);
        using var dies = new CancellationTokenSource();
        var dying = Sender(desk, post).RunAsync(dies.Token);
        await post.Silent.Task;
        await dies.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);
        post.Answer = "250 taken";

        // As long as the lease holds nobody else takes it up: the first sender might still be at it.
        Assert.Equal(0, await Sender(desk, post).RunAsync(CancellationToken.None));
        desk.Clinic.Clock.Advance(OutboxSender.Lease);
        Assert.Equal(1, await Sender(desk, post).RunAsync(CancellationToken.None));

        var ids = post.Messages.Select(raw => Eml.Read(raw)["Message-ID"]).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct());
        Assert.Matches("^<[0-9a-f]{32}@clinic.example>$", ids[0]);
    }

    [Theory]
    [InlineData("451 try later", MessageProblem.Refused)]
    [InlineData("554 no", MessageProblem.Refused)]
    [InlineData("421 closing", MessageProblem.Unreachable)]
    public async Task What_is_refused_is_tried_again_ever_later_and_then_given_up(string answer, MessageProblem problem)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await using var post = new SmtpListener { Answer = answer };
        await desk.BookAsync(AppointmentKind.Consultation, date: BookingBuilders.NextTuesday.AddDays(7));
        foreach (var wait in OutboxMessage.Backoff)
        {
            Assert.Equal(0, await Sender(desk, post).RunAsync(CancellationToken.None));
            var waiting = await MessageAsync(desk);
            Assert.Equal((MessageState.Waiting, problem, desk.Clinic.Clock.GetUtcNow().UtcDateTime + wait), (waiting.State, waiting.Problem, waiting.NextAttemptUtc));
            desk.Clinic.Clock.Advance(wait - TimeSpan.FromSeconds(1));
            Assert.Equal(0, await Sender(desk, post).RunAsync(CancellationToken.None));
            desk.Clinic.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Sender(desk, post).RunAsync(CancellationToken.None);

        Assert.Equal((MessageState.GivenUp, 6, 6), ((await MessageAsync(desk)).State, (await MessageAsync(desk)).Attempts, post.Messages.Count));
        var manager = await desk.Clinic.AddManagerAsync();
        var listed = Assert.Single((await desk.Clinic.SendAsync(manager, new ListMessages.Query())).Must().Failed);
        Assert.Equal("Hannah Lindqvist", listed.Patient);

        post.Answer = "250 taken";
        (await desk.Clinic.SendAsync(manager, new RetryMessage.Command { MessageId = listed.Id })).Must();
        Assert.Equal(1, await Sender(desk, post).RunAsync(CancellationToken.None));
        Assert.Empty((await desk.Clinic.SendAsync(manager, new ListMessages.Query())).Must().Failed);
        Assert.IsType<Failure.Conflict>((await desk.Clinic.SendAsync(manager, new RetryMessage.Command { MessageId = listed.Id })).Failure);
    }

    [Fact]
    public async Task A_mail_server_that_is_away_costs_one_attempt_a_round()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var post = new SmtpListener();
        await desk.BookAsync(AppointmentKind.Consultation);
        await desk.BookAsync(AppointmentKind.Consultation, start: "11:00");
        var sender = Sender(desk, post);
        await post.DisposeAsync();

        Assert.Equal(0, await sender.RunAsync(CancellationToken.None));

        Assert.Equal([0, 1], (await desk.Clinic.InDatabaseAsync(db => db.OutboxMessages.Where(m => m.Kind == MessageKind.Booked).Select(m => m.Attempts).ToListAsync())).Order());
        Assert.Contains(MessageProblem.Unreachable, await desk.Clinic.InDatabaseAsync(db => db.OutboxMessages.Where(m => m.Problem != null).Select(m => m.Problem!.Value).ToListAsync()));
    }

    [Theory]
    [InlineData(null, true, MessageProblem.NoEmail)]
    [InlineData("hannah@post.example", false, MessageProblem.NoConsent)]
    public async Task Who_has_no_address_or_gave_no_consent_gets_nothing_and_the_desk_sees_it(string? email, bool mayBeContacted, MessageProblem why)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.Clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.Email, email).SetProperty(x => x.MayBeContacted, mayBeContacted)));
        var id = await desk.BookAsync(AppointmentKind.Consultation);

        Assert.Equal(0, await MessageRuns.RunAsync(desk.Clinic));

        Assert.Empty(Eml.In(desk.Clinic.OutboxFolder));
        var told = (await desk.SendAsync(new ListAppointmentMessages.Query(id))).Must();
        Assert.Equal(why, told.CannotBeTold);
        Assert.Equal((MessageState.NotTold, why), (told.Messages.Single(m => m.Kind == MessageKind.Booked).State, told.Messages.Single(m => m.Kind == MessageKind.Booked).Problem));
    }

    [Fact]
    public async Task An_address_that_no_mail_can_go_to_is_given_up_at_once()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.Clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.Email, "nobody at home")));
        await desk.BookAsync(AppointmentKind.Consultation);

        await MessageRuns.RunAsync(desk.Clinic);

        Assert.Equal((MessageState.GivenUp, MessageProblem.BadAddress), ((await MessageAsync(desk)).State, (await MessageAsync(desk)).Problem));
    }

    [Theory]
    [InlineData("Nguyễn\r\nBcc: all@post.example")]
    [InlineData("Nguyễn\nSubject: hello")]
    [InlineData("Nguyễn\" <other@post.example>, \"x")]
    [InlineData("Nguyễn>\r\n\r\nA second body")]
    public async Task A_name_never_becomes_a_header_or_an_address(string familyName)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.Clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.FamilyName, familyName)));
        await desk.Clinic.InDatabaseAsync(db => db.Clinics.ExecuteUpdateAsync(c => c.SetProperty(x => x.Name, "Clinic\r\nX-Evil: 1")));
        await using var post = new SmtpListener();
        await desk.BookAsync(AppointmentKind.Consultation);

        Assert.Equal(1, await Sender(desk, post).RunAsync(CancellationToken.None));

        Assert.Equal(["<hannah@post.example>"], post.Recipients);
        var mail = Eml.Read(Assert.Single(post.Messages));
        Assert.DoesNotContain(mail.Headers, header => header.Name is "Bcc" or "Cc" or "X-Evil");
        Assert.Single(mail.Headers, header => header.Name == "Subject");
        Assert.Equal("Your appointment at Clinic X-Evil: 1", mail["Subject"]);
        Assert.EndsWith("<hannah@post.example>", mail["To"], StringComparison.Ordinal);
        Assert.Contains("Nguyễn", mail["To"], StringComparison.Ordinal);
        Assert.StartsWith("Hello,", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_a_message_says_what_somebody_comes_for()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.BookAsync();

        await MessageRuns.RunAsync(desk.Clinic);

        var mail = Assert.Single(Eml.In(desk.Clinic.OutboxFolder));
        var said = string.Join('\n', mail.Headers.Select(h => h.Value).Append(mail.Body).Append(mail.Calendar));
        Assert.All(
            new[] { "session", "treat", "inject", "wrinkle", "forehead", "hyaluron", "nappage", "consult", "allerg", "health", "Irina", "Volkova", "Room 1", "questionnaire", "skin" },
            word => Assert.DoesNotContain(word, said, StringComparison.OrdinalIgnoreCase));
    }

    internal static OutboxSender Sender(Desk desk, SmtpListener post)
    {
        using var scope = desk.Clinic.Scope();
        var settings = scope.ServiceProvider.GetRequiredService<MailSettings>() with { Host = "127.0.0.1", Port = post.Port, Tls = false };
        return new OutboxSender(scope.ServiceProvider.GetRequiredService<IServiceScopeFactory>(), new Mailer(settings), settings, desk.Clinic.Clock, NullLogger<OutboxSender>.Instance);
    }

    private static Task<OutboxMessage> MessageAsync(Desk desk) => desk.Clinic.InDatabaseAsync(db => db.OutboxMessages.AsNoTracking().SingleAsync(m => m.Kind == MessageKind.Booked));
}
