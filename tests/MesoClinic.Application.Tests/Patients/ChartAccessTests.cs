using MesoClinic.Application.Audit;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Application.Tests.Patients;

public sealed class ChartAccessTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_foreign_chart_opens_with_a_reason_for_eight_hours_and_the_reason_is_kept(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (irina, linh) = (await clinic.AddCosmetologistAsync(), await clinic.AddCosmetologistAsync("Linh Tran"));
        var hannah = await clinic.AddHealthyPatientAsync(irina);
        const string Reason = "Irina is ill, I treat her patients today";

        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(linh, new GetChart.Query(hannah))).Failure);
        Assert.False((await clinic.SendAsync(linh, new GetPatientContact.Query(hannah))).Value!.ChartIsOpen);
        Assert.IsType<Failure.Invalid>((await clinic.SendAsync(linh, new OpenChartWithReason.Command { PatientId = hannah, Reason = "because" })).Failure);
        Assert.True((await clinic.SendAsync(linh, new OpenChartWithReason.Command { PatientId = hannah, Reason = Reason })).Succeeded);
        Assert.Equal("Hannah Lindqvist", (await clinic.SendAsync(linh, new GetChart.Query(hannah))).Value!.Name);

        clinic.Clock.Advance(OpenChartWithReason.StaysOpen);
        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(linh, new GetChart.Query(hannah))).Failure);
        var entry = await clinic.InDatabaseAsync(db => db.AuditEntries.SingleAsync(e => e.Action == nameof(OpenChartWithReason) && e.Reason != null));
        Assert.Equal((linh, hannah, Reason), (entry.UserId, entry.PatientId, entry.Reason));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_manager_needs_a_reason_a_patient_sees_nothing_and_a_missing_chart_looks_like_a_forbidden_one(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (irina, sofia) = (await clinic.AddCosmetologistAsync(), await clinic.AddManagerAsync());
        var hannah = await clinic.AddHealthyPatientAsync(irina);
        var patient = await clinic.AddPatientAccountAsync(hannah);

        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(sofia, new GetChart.Query(hannah))).Failure);
        Assert.Equal("020 7946 0128", (await clinic.SendAsync(sofia, new GetPatientContact.Query(hannah))).Value!.Phone);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(patient, new GetChart.Query(hannah))).Failure);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(irina, new GetChart.Query(Guid.NewGuid()))).Failure);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(irina, new GetPatientContact.Query(Guid.NewGuid()))).Failure);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_complete_history_leaves_nothing_unknown_and_expires(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var healthy = await clinic.AddHealthyPatientAsync(irina);
        var fresh = await clinic.AddPatientAsync(new PatientOptions { GivenName = "New", AssignedTo = [irina] });

        Assert.Equal(0, (await clinic.SendAsync(irina, new GetChart.Query(healthy))).Value!.Profile.Unknown);
        Assert.All((await clinic.SendAsync(irina, new GetChart.Query(fresh))).Value!.Profile.Lists, list => Assert.False(list.IsCurrent));

        clinic.Clock.Advance(TimeSpan.FromDays(31));
        var profile = (await clinic.SendAsync(irina, new GetChart.Query(healthy))).Value!.Profile;
        Assert.Equal(AnswerState.Expired, profile.Answers.Single(a => a.Question == "q-pregnant").State);
        Assert.Equal(AnswerState.Known, profile.Answers.Single(a => a.Question == "q-keloid-self").State);
        Assert.False(profile.List("procedures").IsCurrent);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_appointment_that_came_to_nothing_opens_no_chart_and_no_complications(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (irina, linh, room) = (await clinic.AddCosmetologistAsync(), await clinic.AddCosmetologistAsync("Linh Tran"), await clinic.AddRoomAsync());
        var hannah = await clinic.AddHealthyPatientAsync(irina);
        var now = clinic.Clock.GetUtcNow().UtcDateTime;
        await AddAsync(AppointmentState.Cancelled, now.AddDays(2));
        await AddAsync(AppointmentState.NoShow, now.AddDays(-2));
        await AddAsync(AppointmentState.Booked, now.AddDays(3), provisionalUntil: now.AddMinutes(-1));

        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(linh, new GetChart.Query(hannah))).Failure);
        Assert.Equal(0, await ComplicationPatientsAsync());

        await AddAsync(AppointmentState.Done, now.AddDays(-3));
        Assert.True((await clinic.SendAsync(linh, new GetChart.Query(hannah))).Succeeded);
        Assert.Equal(1, await ComplicationPatientsAsync());

        Task AddAsync(AppointmentState state, DateTime start, DateTime? provisionalUntil = null) => clinic.InDatabaseAsync(async db =>
        {
            db.Appointments.Add(new Appointment
            {
                PatientId = hannah, PractitionerId = linh, RoomId = room, Kind = AppointmentKind.Consultation, State = state, StartUtc = start, EndUtc = start.AddMinutes(30), WallStart = start.AddHours(1),
                ProvisionalUntilUtc = provisionalUntil, BookedById = irina, BookedUtc = now.AddDays(-9),
            });
            await db.SaveChangesAsync();
        });

        async Task<int> ComplicationPatientsAsync()
        {
            await using var scope = clinic.Scope();
            var user = scope.ServiceProvider.GetRequiredService<CurrentUser>();
            user.Is(linh, null, "test");
            await user.RefreshAsync(scope.ServiceProvider.GetRequiredService<ClinicDbContext>(), CancellationToken.None);
            return await scope.ServiceProvider.GetRequiredService<PatientAccess>().Assigned().CountAsync();
        }
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Whoever_books_a_stranger_with_themselves_is_listed_to_the_manager_and_to_the_patient(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var (clinic, hannah) = (desk.Clinic, desk.Patient);
        var (linh, sofia, account) = (await clinic.AddCosmetologistAsync("Linh Tran"), await clinic.AddManagerAsync(), await clinic.AddPatientAccountAsync(hannah));
        await desk.BookAsync(AppointmentKind.Consultation);
        Assert.Empty((await clinic.SendAsync(sofia, new ListOpenedCharts.Query())).Must().Charts);
        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(linh, new GetChart.Query(hannah))).Failure);

        var own = (await clinic.SendAsync(linh, BookingBuilders.ABooking(hannah, linh, desk.Room, AppointmentKind.Consultation, start: "14:00"))).Must();

        Assert.True((await clinic.SendAsync(linh, new GetChart.Query(hannah))).Succeeded);
        (await clinic.SendAsync(linh, new CancelAppointment.Command { AppointmentId = own, Reason = "A mistake" })).Must();
        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(linh, new GetChart.Query(hannah))).Failure);
        var opened = Assert.Single((await clinic.SendAsync(sofia, new ListOpenedCharts.Query())).Must().Charts);
        Assert.Equal(("Linh Tran", hannah, "Took the patient into their own column for 9 June 2026"), (opened.Person, opened.PatientId, opened.Reason));
        var looks = Assert.Single((await clinic.SendAsync(account, new WhoHasSeenMyRecord.Query())).Must()).Looks;
        Assert.Equal(opened.Reason, looks.Single(look => look.Person == "Linh Tran").WithReason);
    }

    [Fact]
    public async Task Moving_a_colleagues_appointment_into_the_own_column_is_listed_once()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var (linh, sofia) = (await desk.Clinic.AddCosmetologistAsync("Linh Tran"), await desk.Clinic.AddManagerAsync());
        var id = await desk.BookAsync(AppointmentKind.Consultation);

        foreach (var start in new[] { new TimeOnly(14, 0), new TimeOnly(15, 0) })
        {
            var version = (await desk.Clinic.AppointmentAsync(id)).Version;
            (await desk.Clinic.SendAsync(linh, new MoveAppointment.Command { AppointmentId = id, Version = version, Date = BookingBuilders.NextTuesday, Start = start, Minutes = 30, PractitionerId = linh, RoomId = desk.Room })).Must();
        }

        Assert.Equal(linh, (await desk.Clinic.AppointmentAsync(id)).PractitionerId);
        Assert.Equal("Linh Tran", Assert.Single((await desk.Clinic.SendAsync(sofia, new ListOpenedCharts.Query())).Must().Charts).Person);
    }
}
