using MesoClinic.Application.Aftercare;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>What was done, what is being done and what is booked count for what comes after it.</summary>
public sealed class TreatmentHistoryTests
{
    private const string TooSoon = "ci-interval-too-short";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_session_counts_from_its_first_injection_signed_or_not(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromDays(1));
        var early = ABooking(scene.Patient, scene.Practitioner, await clinic.AddRoomAsync("Room 2"), date: clinic.Today.AddDays(2));

        Assert.Contains(Assert.IsType<Failure.Contraindicated>((await clinic.SendAsync(scene.Practitioner, early)).Failure).Assessment.Findings, finding => finding.Rule == TooSoon);
    }

    [Theory]
    [OnSqlite]
    public async Task The_session_being_recorded_is_not_its_own_predecessor(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);

        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 0.9m);

        await clinic.InDatabaseAsync(async db =>
        {
            var judged = await db.Assessments.OrderBy(a => a.Id).Select(a => a.Facts).LastAsync();
            Assert.Equal((1, null, true), (judged.Plan.SessionNumber, judged.Plan.LastSession, judged.Plan.FirstUseOfProduct));
        });
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Nobody_starts_a_session_while_another_one_of_the_patient_is_open(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var colleague = await clinic.AddCosmetologistAsync("Lan Pham");
        await clinic.InDatabaseAsync(async db =>
        {
            var now = clinic.Clock.GetUtcNow().UtcDateTime;
            var other = new Appointment
            {
                PatientId = scene.Patient, PractitionerId = colleague, RoomId = (await db.Rooms.FirstAsync()).Id, Kind = AppointmentKind.Session, State = AppointmentState.InSession,
                StartUtc = now.AddDays(-9), EndUtc = now.AddDays(-9).AddMinutes(30), WallStart = now.AddDays(-9), BookedById = colleague, BookedUtc = now.AddDays(-10),
            };
            db.Appointments.Add(other);
            db.Sessions.Add(new Domain.Sessions.Session { AppointmentId = other.Id, PatientId = scene.Patient, PractitionerId = colleague, Number = 1, OpenedUtc = other.StartUtc, StartedUtc = other.StartUtc });
            await db.SaveChangesAsync();
        });

        Assert.Contains("neither signed nor stopped", Assert.IsType<Failure.Conflict>((await scene.TryStartAsync()).Failure).Message, StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_was_injected_is_what_the_label_said_then(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        Assert.True((await scene.TrySignAsync()).Succeeded);
        await RelabelAsync(clinic, "ing-vitamin-c");

        var next = ABooking(scene.Patient, scene.Practitioner, await clinic.AddRoomAsync("Room 2"));
        next.Ingredients = ["ing-vitamin-c"];

        Assert.Contains(Assert.IsType<Failure.Contraindicated>((await clinic.SendAsync(scene.Practitioner, next)).Failure).Assessment.Findings, finding => finding.Rule == "ci-skin-test-missing");
        var done = Assert.Single(await clinic.InDatabaseAsync(db => SignedSessions.SinceAsync(db, scene.Patient, DateTime.UnixEpoch, default)));
        Assert.Equal([SessionScene.Ingredient], done.Ingredients);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_label_that_was_corrected_during_the_session_is_judged_before_the_signature(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await RelabelAsync(clinic, "ing-vitamin-c");

        Assert.Contains(Assert.IsType<Failure.Contraindicated>((await scene.TrySignAsync()).Failure).Assessment.Findings, finding => finding.Rule == "ci-skin-test-missing");

        scene.Draft.Version = (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "The label was wrong" })).Must();
        Assert.True((await scene.TrySignAsync()).Succeeded);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_booked_session_counts_for_the_ones_after_it_and_is_in_its_own_way_never(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var first = await desk.BookAsync();

        Assert.Contains(Assert.IsType<Failure.Contraindicated>((await desk.SendAsync(desk.Booking(date: NextTuesday.AddDays(2)))).Failure).Assessment.Findings, finding => finding.Rule == TooSoon);
        (await desk.SendAsync(desk.Booking(date: NextTuesday.AddDays(7)), acknowledge: true)).Must();
        var times = (await desk.SendAsync(new FreeTimes.Query(desk.Booking(), NextTuesday.AddDays(1)))).Must();
        Assert.Equal(NextTuesday.AddDays(5), times[0].Date);

        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = first, Reason = "Travels" })).Must();
        (await desk.SendAsync(desk.Booking(date: NextTuesday.AddDays(2)), acknowledge: true)).Must();
    }

    [Theory]
    [OnSqlite]
    public async Task Moving_a_session_by_a_day_keeps_no_interval_to_itself(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var id = await desk.BookAsync();
        var booked = await desk.Clinic.AppointmentAsync(id);

        (await desk.SendAsync(new MoveAppointment.Command
        {
            AppointmentId = id, Version = booked.Version, Date = NextTuesday.AddDays(1), Start = new TimeOnly(10, 0), Minutes = 30, PractitionerId = desk.Irina, RoomId = desk.Room, Acknowledged = booked.Acknowledged,
        })).Must();
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_session_that_is_done_or_stopped_judges_the_coming_ones_again(Engine engine)
    {
        foreach (var stop in new[] { false, true })
        {
            await using var clinic = await TestClinic.OpenAsync(engine);
            var scene = await SessionScene.StartedAsync(clinic);
            var coming = await AddComingAsync(clinic, scene, daysAhead: 3);

            if (stop)
            {
                (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Hives" })).Must();
            }
            else
            {
                (await scene.TrySignAsync()).Must();
            }

            Assert.Equal(Decision.Postpone, (await clinic.AppointmentAsync(coming)).Decision);
            Assert.Equal(coming, Assert.Single((await clinic.SendAsync(scene.Practitioner, new ListSafetyTasks.Query())).Must().Tasks).AppointmentId);
        }
    }

    /// <summary>As booked when nothing spoke against it.</summary>
    private static Task<Guid> AddComingAsync(TestClinic clinic, SessionScene scene, int daysAhead) => clinic.InDatabaseAsync(async db =>
    {
        var now = clinic.Clock.GetUtcNow().UtcDateTime;
        var coming = new Appointment
        {
            PatientId = scene.Patient, PractitionerId = scene.Practitioner, RoomId = (await db.Rooms.FirstAsync()).Id, Kind = AppointmentKind.Session, StartUtc = now.AddDays(daysAhead),
            EndUtc = now.AddDays(daysAhead).AddMinutes(30), WallStart = now.AddDays(daysAhead).AddHours(1), BookedById = scene.Practitioner, BookedUtc = now.AddDays(-10), Decision = Decision.Allow,
            Plan = new PlannedTreatment { Indication = "ind-wrinkles", Areas = ["forehead"], Technique = "tech-nappage", Ingredients = [SessionScene.Ingredient] },
        };
        db.Appointments.Add(coming);
        await db.SaveChangesAsync();
        return coming.Id;
    });

    private static Task RelabelAsync(TestClinic clinic, string ingredient) => clinic.InDatabaseAsync(async db =>
    {
        (await db.Products.SingleAsync()).Ingredients = [new ProductIngredient(ingredient, 10)];
        await db.SaveChangesAsync();
    });
}
