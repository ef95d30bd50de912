using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static MesoClinic.Testing.BookingBuilders;
using static MesoClinic.Application.Tests.Rules.ClinicRulesTests;

namespace MesoClinic.Application.Tests.Rules;

/// <summary>A draft over the sessions of the last year: what it would have stopped, without telling of whom.</summary>
public sealed class RuleReplayTests
{
    [Fact]
    public async Task A_replay_counts_what_it_would_have_stopped_and_tells_the_months_only_of_five_or_more()
    {
        await using var desk = await BookedAsync(Engine.Sqlite);
        var manager = await desk.Clinic.AddManagerAsync();
        var draft = (await desk.Clinic.SendAsync(manager, new SaveRuleDraft.Command { Kind = RuleDraftKind.Addition, Json = NoForeheads, Note = "why" })).Must();
        await TreatForeheadsAsync(desk, [new(2026, 5, 4), new(2026, 5, 5), new(2026, 5, 6), new(2026, 3, 2)]);

        var few = (await desk.Clinic.SendAsync(manager, new ReplayRuleDraft.Command { DraftId = draft })).Must();
        Assert.Equal((4, null), (few.Sessions, few.StoppedCount));
        Assert.Empty(few.Stopped);

        await TreatForeheadsAsync(desk, [new(2026, 3, 3)]);
        var enough = (await desk.Clinic.SendAsync(manager, new ReplayRuleDraft.Command { DraftId = draft })).Must();
        Assert.Equal(5, enough.StoppedCount);
        Assert.Equal([new(new DateOnly(2026, 5, 1), 3), new(new DateOnly(2026, 3, 1), 2)], enough.Stopped);
    }

    /// <summary>Signed sessions of these days that began with the facts of the desk's booking.</summary>
    private static Task TreatForeheadsAsync(Desk desk, IReadOnlyList<DateOnly> days) => desk.Clinic.InDatabaseAsync(async db =>
    {
        var booked = await db.Assessments.AsNoTracking().FirstAsync(stored => stored.SessionId == null);
        foreach (var start in days.Select(day => day.ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc)))
        {
            var appointment = new Appointment
            {
                PatientId = desk.Patient, PractitionerId = desk.Irina, RoomId = desk.Room, Kind = AppointmentKind.Session, State = AppointmentState.Done,
                StartUtc = start, EndUtc = start.AddMinutes(30), WallStart = start.AddHours(1), BookedById = desk.Irina, BookedUtc = start.AddDays(-3),
            };
            var session = new Session
            {
                AppointmentId = appointment.Id, PatientId = desk.Patient, PractitionerId = desk.Irina, Number = 1, OpenedUtc = start, StartedUtc = start, EndedUtc = start.AddMinutes(30), SignedUtc = start.AddMinutes(40),
            };
            db.AddRange(appointment, session, new StoredAssessment
            {
                PatientId = desk.Patient, SessionId = session.Id, AtUtc = start, ById = desk.Irina, Facts = booked.Facts with { Date = DateOnly.FromDateTime(start) }, Result = booked.Result, Decision = booked.Decision,
                RuleBook = booked.RuleBook,
            });
        }

        await db.SaveChangesAsync();
    });
}
