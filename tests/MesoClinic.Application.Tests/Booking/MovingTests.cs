using MesoClinic.Application.Booking;
using MesoClinic.Domain.Audit;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Booking;

public sealed class MovingTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_move_by_a_quarter_of_an_hour_keeps_what_both_times_need(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var id = await desk.BookAsync(AppointmentKind.Consultation);

        (await desk.SendAsync(await MoveAsync(desk, id, "10:15"))).Must();

        Assert.Equal(new DateTime(2026, 6, 9, 9, 15, 0, DateTimeKind.Utc), (await desk.Clinic.AppointmentAsync(id)).StartUtc);
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_move_onto_a_taken_time_leaves_everything_where_it_was(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var id = await desk.BookAsync(AppointmentKind.Consultation);
        (await desk.SendAsync(ABooking(await desk.AnotherPatientAsync(), desk.Irina, desk.Room, AppointmentKind.Consultation, start: "11:00"))).Must();
        var before = await desk.Clinic.AppointmentAsync(id);

        Assert.IsType<Failure.Conflict>((await desk.SendAsync(await MoveAsync(desk, id, "10:45"))).Failure);

        var after = await desk.Clinic.AppointmentAsync(id);
        Assert.Equal((before.StartUtc, before.Version), (after.StartUtc, after.Version));
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Fact]
    public async Task A_session_moves_only_to_a_day_that_the_rule_book_permits()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await desk.BookAsync();
        await desk.TakesAsync("B01AF01");

        var refused = Assert.IsType<Failure.Contraindicated>((await desk.SendAsync(await MoveAsync(desk, id, "12:00"))).Failure);

        Assert.Equal(Decision.Refuse, refused.Assessment.Decision);
        Assert.Equal(9, (await desk.Clinic.AppointmentAsync(id)).StartUtc.Hour);
    }

    [Fact]
    public async Task Of_two_people_who_move_the_same_appointment_the_second_is_told()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await desk.BookAsync(AppointmentKind.Consultation);
        var (first, second) = (await MoveAsync(desk, id, "11:00"), await MoveAsync(desk, id, "12:00"));

        (await desk.SendAsync(first)).Must();

        Assert.IsType<Failure.Stale>((await desk.SendAsync(second)).Failure);
    }

    [Fact]
    public async Task A_cancelled_time_is_free_again_and_the_reason_is_kept()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await desk.BookAsync();

        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = id, Reason = " Patient is ill " })).Must();

        Assert.Equal("Patient is ill", (await desk.Clinic.AppointmentAsync(id)).CancelReason);
        await desk.BookAsync();
        Assert.IsType<Failure.Conflict>((await desk.SendAsync(new CancelAppointment.Command { AppointmentId = id, Reason = "Again" })).Failure);
    }

    [Fact]
    public async Task A_cancellation_needs_a_reason()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);

        var invalid = Assert.IsType<Failure.Invalid>((await desk.SendAsync(new CancelAppointment.Command { AppointmentId = Guid.NewGuid(), Reason = "  " })).Failure);

        Assert.Contains(nameof(CancelAppointment.Command.Reason), invalid.Errors.Keys);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_sweep_releases_what_ran_out_and_clears_the_past(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var stranger = await desk.PatientWithAnOpenQuestionAsync();
        var provisional = (await desk.SendAsync(ABooking(stranger, desk.Irina, desk.Room), acknowledge: true)).Must();
        await using var scope = desk.Clinic.Scope();
        var sweep = scope.ServiceProvider.GetRequiredService<ProvisionalSweep>();

        Assert.Equal(0, await sweep.SweepAsync(CancellationToken.None));
        desk.Clinic.Clock.Advance(TimeSpan.FromHours(72));
        Assert.Equal(1, await sweep.SweepAsync(CancellationToken.None));

        Assert.Equal(Timetable.Expired, (await desk.Clinic.AppointmentAsync(provisional)).CancelReason);
        var consultation = await desk.BookAsync(AppointmentKind.Consultation);
        desk.Clinic.Clock.Set(new DateTimeOffset(2026, 6, 11, 8, 0, 0, TimeSpan.Zero));
        await sweep.SweepAsync(CancellationToken.None);
        Assert.Empty((await desk.Clinic.AppointmentAsync(consultation)).Claims);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_sweep_forgets_commands_of_long_ago_a_few_at_a_time_and_keeps_the_others(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.Clinic.InDatabaseAsync(async db =>
        {
            for (var i = 0; i < ProvisionalSweep.CommandsAtOnce + 1; i++)
            {
                db.ProcessedCommands.Add(new ProcessedCommand { Id = Guid.NewGuid(), UserId = desk.Irina, Name = "BookAppointment", ContentHash = "", Result = "", AtUtc = TestClinic.Start.UtcDateTime.AddDays(-31).AddSeconds(-i) });
            }

            await db.SaveChangesAsync();
        });
        var recent = desk.Booking(AppointmentKind.Consultation);
        var booked = (await desk.SendAsync(recent)).Must();
        await using var scope = desk.Clinic.Scope();
        var sweep = scope.ServiceProvider.GetRequiredService<ProvisionalSweep>();

        await sweep.SweepAsync(CancellationToken.None);
        Assert.Equal(2, await desk.Clinic.InDatabaseAsync(db => db.ProcessedCommands.CountAsync()));
        await sweep.SweepAsync(CancellationToken.None);
        Assert.Equal(1, await desk.Clinic.InDatabaseAsync(db => db.ProcessedCommands.CountAsync()));
        Assert.Equal(booked, (await desk.SendAsync(recent)).Must());
    }

    [Fact]
    public async Task Free_times_skip_what_is_taken_and_days_that_are_not_safe()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.BookAsync(start: "09:00");
        await desk.Clinic.InDatabaseAsync(async db =>
        {
            var patient = await db.Patients.Include(p => p.Procedures).SingleAsync(p => p.Id == desk.Patient);
            patient.Procedures.Add(new() { Kind = "botulinum-toxin", Date = desk.Clinic.Today, Areas = ["forehead"], NotedOn = desk.Clinic.Today });
            await db.SaveChangesAsync();
        });

        var session = (await desk.SendAsync(new FreeTimes.Query(desk.Booking(), NextTuesday))).Must();
        var consultation = (await desk.SendAsync(new FreeTimes.Query(desk.Booking(AppointmentKind.Consultation), NextTuesday))).Must();

        Assert.All(session, free => Assert.True(free.Date >= desk.Clinic.Today.AddDays(14), $"{free.Date}"));
        Assert.Equal((NextTuesday, new TimeOnly(9, 30)), (consultation[0].Date, consultation[0].Start));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_day_from_which_a_session_moves_is_in_the_way_neither_of_the_search_nor_of_the_preview_nor_of_the_move(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var id = await desk.BookAsync(start: "09:00");
        var dayAfter = desk.Booking(date: NextTuesday.AddDays(1), start: "09:00");

        Assert.True((await desk.SendAsync(new FreeTimes.Query(dayAfter, NextTuesday.AddDays(1)))).Must()[0].Date > NextTuesday.AddDays(1));
        Assert.Equal(NextTuesday.AddDays(1), (await desk.SendAsync(new FreeTimes.Query(dayAfter, NextTuesday.AddDays(1), AppointmentId: id))).Must()[0].Date);
        Assert.Equal((NextTuesday, new TimeOnly(9, 0)), (await desk.SendAsync(new FreeTimes.Query(dayAfter, NextTuesday, AppointmentId: id))).Must() is [var first, ..] ? (first.Date, first.Start) : default);

        Assert.True((await desk.SendAsync(new PreviewBooking.Query(dayAfter))).Must().Assessment!.Decision >= Decision.ModifyPlan);
        Assert.True((await desk.SendAsync(new PreviewBooking.Query(dayAfter, id))).Must() is { TimeIsFree: true, Assessment.Decision: <= Decision.AllowWithCaution });

        var move = await MoveAsync(desk, id, "09:00");
        move.Date = NextTuesday.AddDays(1);
        (await desk.SendAsync(move)).Must();
        Assert.False((await desk.Clinic.AppointmentAsync(id)).IsProvisional);
    }

    private static async Task<MoveAppointment.Command> MoveAsync(Desk desk, Guid id, string start)
    {
        var appointment = await desk.Clinic.AppointmentAsync(id);
        return new MoveAppointment.Command
        {
            AppointmentId = id,
            Version = appointment.Version,
            Date = DateOnly.FromDateTime(appointment.WallStart),
            Start = TimeOnly.ParseExact(start, "HH:mm", null),
            Minutes = appointment.Minutes,
            PractitionerId = appointment.PractitionerId,
            RoomId = appointment.RoomId,
            Acknowledged = appointment.Acknowledged,
        };
    }

    [Fact]
    public async Task Where_everybody_keeps_their_own_column_a_colleagues_appointment_is_neither_moved_nor_cancelled()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var linh = await desk.Clinic.AddCosmetologistAsync("Linh Tran");
        var id = await desk.BookAsync(AppointmentKind.Consultation);
        await desk.Clinic.InDatabaseAsync(db => db.Clinics.ExecuteUpdateAsync(c => c.SetProperty(x => x.AnyoneBooksAnyColumn, false)));
        var taking = await MoveAsync(desk, id, "12:00");
        taking.PractitionerId = linh;

        Assert.IsType<Failure.Conflict>((await desk.Clinic.SendAsync(linh, taking)).Failure);
        Assert.IsType<Failure.Conflict>((await desk.Clinic.SendAsync(linh, new CancelAppointment.Command { AppointmentId = id, Reason = "Wanted the time" })).Failure);
        var seen = (await desk.Clinic.SendAsync(linh, new GetAppointment.Query(id))).Must().May;
        Assert.Equal((false, false), (seen.Move, seen.Cancel));
        Assert.False(Assert.Single((await desk.Clinic.SendAsync(linh, new GetCalendar.Query(NextTuesday))).Must().Rows).MayMove);

        Assert.True(Assert.Single((await desk.SendAsync(new GetCalendar.Query(NextTuesday))).Must().Rows).MayMove);
        var own = (await desk.SendAsync(new GetAppointment.Query(id))).Must().May;
        Assert.Equal((true, true), (own.Move, own.Cancel));
        (await desk.SendAsync(await MoveAsync(desk, id, "12:00"))).Must();
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = id, Reason = "Patient is ill" })).Must();
    }
}
