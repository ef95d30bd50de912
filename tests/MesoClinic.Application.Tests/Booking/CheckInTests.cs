using MesoClinic.Application.Booking;
using MesoClinic.Application.Rules;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Booking;

public sealed class CheckInTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_patient_without_findings_is_checked_in_and_the_answers_are_kept(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var id = await TodayAsync(desk);

        var result = (await CheckInAsync(desk, id)).Must();

        Assert.True(result.CheckedIn, $"{result.Assessment?.Decision}: {string.Join(", ", result.Assessment?.Missing ?? [])} {string.Join(", ", result.Assessment?.Findings.Select(f => f.Rule) ?? [])}");
        Assert.Equal(AppointmentState.CheckedIn, (await desk.Clinic.AppointmentAsync(id)).State);
        Assert.True(await desk.Clinic.InDatabaseAsync(db => db.Patients.SelectMany(p => p.Measurements).AnyAsync(m => m.Name == "temperature_c" && m.Value == 36.7m)));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Fever_keeps_the_check_in_closed_and_is_kept(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var id = await TodayAsync(desk);

        var result = (await CheckInAsync(desk, id, command => { command.TemperatureC = 38.9m; command.Answers["v-fever"] = "yes"; })).Must();

        Assert.False(result.CheckedIn);
        Assert.True(result.Assessment!.Decision >= Decision.Postpone);
        var appointment = await desk.Clinic.AppointmentAsync(id);
        Assert.Equal((AppointmentState.Arrived, result.Assessment.Decision), (appointment.State, appointment.Decision));
        Assert.True(await desk.Clinic.InDatabaseAsync(db => db.Patients.SelectMany(p => p.Answers).AnyAsync(a => a.Question == "v-fever" && a.Value == "yes")));
    }

    [Fact]
    public async Task A_check_in_that_postpones_leads_to_a_new_time()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await TodayAsync(desk);
        (await CheckInAsync(desk, id, command => command.TemperatureC = 38.9m)).Must();
        desk.Clinic.Clock.Advance(TimeSpan.FromDays(3));
        var arrived = await desk.Clinic.AppointmentAsync(id);

        var outcome = await desk.SendAsync(new MoveAppointment.Command
        {
            AppointmentId = id, Version = arrived.Version, Date = NextTuesday, Start = new TimeOnly(10, 0), Minutes = 30, PractitionerId = desk.Irina, RoomId = desk.Room, Acknowledged = arrived.Acknowledged,
        });

        outcome.Must();
        var moved = await desk.Clinic.AppointmentAsync(id);
        Assert.Equal((AppointmentState.Booked, null), (moved.State, moved.ArrivedUtc));
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_is_learnt_at_the_check_in_reaches_the_other_appointments(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.Clinic.InDatabaseAsync(async db =>
        {
            var patient = await db.Patients.Include(p => p.Answers).SingleAsync(p => p.Id == desk.Patient);
            patient.Answers.RemoveAll(answer => answer.Question == "q-pregnant");
            await db.SaveChangesAsync();
        });
        var (today, later) = (await TodayAsync(desk), await desk.BookAsync());

        (await CheckInAsync(desk, today, command => command.Answers["q-pregnant"] = "yes")).Must();

        Assert.Equal(Decision.Refuse, (await desk.Clinic.AppointmentAsync(later)).Decision);
        Assert.Equal(later, Assert.Single((await desk.SendAsync(new ListSafetyTasks.Query())).Must().Tasks).AppointmentId);
    }

    [Theory]
    [OnSqlite]
    public async Task What_holds_for_the_day_alone_says_nothing_of_a_later_day(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var (today, later) = (await TodayAsync(desk), await desk.BookAsync());

        (await CheckInAsync(desk, today, command => { command.TemperatureC = 38.9m; command.Answers["v-fever"] = "yes"; })).Must();

        Assert.True((await desk.Clinic.AppointmentAsync(later)).Decision <= Decision.AllowWithCaution);
    }

    [Fact]
    public async Task A_question_nobody_answered_keeps_the_check_in_closed()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await TodayAsync(desk);

        var result = (await CheckInAsync(desk, id, command => command.Answers["v-fever"] = CheckIn.DoesNotKnow)).Must();

        Assert.False(result.CheckedIn);
        Assert.Equal(Decision.Incomplete, result.Assessment!.Decision);
    }

    [Theory]
    [InlineData("Lindqvistova", 1990, "FamilyName")]
    [InlineData("Lindqvist", 1991, "BirthDate")]
    public async Task A_wrong_identifier_stops_the_check_in_and_keeps_nothing(string familyName, int year, string field)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await TodayAsync(desk);

        var outcome = await CheckInAsync(desk, id, command => (command.FamilyName, command.BirthDate) = (familyName, new DateOnly(year, 3, 11)));

        Assert.Equal([field], Assert.IsType<Failure.Invalid>(outcome.Failure).Errors.Keys);
        Assert.Equal(AppointmentState.Arrived, (await desk.Clinic.AppointmentAsync(id)).State);
        Assert.False(await desk.Clinic.InDatabaseAsync(db => db.Patients.SelectMany(p => p.Measurements).AnyAsync(m => m.Value == 36.7m)));
    }

    [Fact]
    public async Task A_name_is_compared_without_case_accents_and_hyphens()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.Clinic.InDatabaseAsync(async db =>
        {
            (await db.Patients.SingleAsync(p => p.Id == desk.Patient)).FamilyName = "Núñez-O'Brien";
            await db.SaveChangesAsync();
        });
        var id = await TodayAsync(desk);

        Assert.True((await CheckInAsync(desk, id, command => command.FamilyName = "nunez obrien")).Must().CheckedIn);
    }

    [Fact]
    public async Task A_provisional_booking_is_checked_in_only_when_its_questions_are_answered()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var stranger = await desk.PatientWithAnOpenQuestionAsync();
        var id = (await desk.SendAsync(ABooking(stranger, desk.Irina, desk.Room, date: desk.Clinic.Today, start: "10:00"), acknowledge: true)).Must();

        var result = (await CheckInAsync(desk, id, command => command.FamilyName = "Brooks")).Must();

        Assert.False(result.CheckedIn);
        Assert.True((await desk.Clinic.AppointmentAsync(id)).IsProvisional);
    }

    [Fact]
    public async Task Check_in_is_on_the_day_of_the_appointment()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await desk.BookAsync();

        Assert.IsType<Failure.Conflict>((await CheckInAsync(desk, id)).Failure);
        Assert.IsType<Failure.Conflict>((await desk.SendAsync(new MarkArrived.Command { AppointmentId = id })).Failure);
    }

    [Fact]
    public async Task A_colleague_opens_the_questions_only_with_a_reason()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await TodayAsync(desk);
        var linh = await desk.Clinic.AddCosmetologistAsync("Linh Tran");

        Assert.IsType<Failure.ReasonNeeded>((await desk.Clinic.SendAsync(linh, new GetCheckIn.Query(id))).Failure);
    }

    [Fact]
    public async Task A_consultation_is_done_after_arrival_and_a_session_never_without_its_record()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var session = await TodayAsync(desk);
        var consultation = await desk.BookAsync(AppointmentKind.Consultation, desk.Clinic.Today, "11:00");
        (await desk.SendAsync(new MarkArrived.Command { AppointmentId = consultation })).Must();

        (await desk.SendAsync(new CompleteAppointment.Command { AppointmentId = consultation })).Must();

        Assert.Equal(AppointmentState.Done, (await desk.Clinic.AppointmentAsync(consultation)).State);
        Assert.IsType<Failure.Conflict>((await desk.SendAsync(new CompleteAppointment.Command { AppointmentId = session })).Failure);
    }

    [Fact]
    public async Task A_no_show_is_only_possible_after_the_start()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var id = await desk.BookAsync(AppointmentKind.Consultation, desk.Clinic.Today);

        Assert.IsType<Failure.Conflict>((await desk.SendAsync(new MarkNoShow.Command { AppointmentId = id })).Failure);
        desk.Clinic.Clock.Advance(TimeSpan.FromMinutes(75));
        (await desk.SendAsync(new MarkNoShow.Command { AppointmentId = id })).Must();

        Assert.Empty((await desk.Clinic.AppointmentAsync(id)).Claims);
    }

    [Fact]
    public async Task An_arrived_appointment_that_came_to_nothing_is_closed_once_its_time_is_over()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var stranger = await desk.PatientWithAnOpenQuestionAsync();
        var provisional = (await desk.SendAsync(ABooking(stranger, desk.Irina, desk.Room, date: desk.Clinic.Today, start: "11:00"), acknowledge: true)).Must();
        (await desk.SendAsync(new MarkArrived.Command { AppointmentId = provisional })).Must();
        var confirmed = await TodayAsync(desk);
        await using var scope = desk.Clinic.Scope();
        var sweep = scope.ServiceProvider.GetRequiredService<ProvisionalSweep>();

        desk.Clinic.Clock.Advance(TimeSpan.FromMinutes(140));
        Assert.Equal(0, await sweep.SweepAsync(CancellationToken.None));
        (await desk.SendAsync(new MarkNoShow.Command { AppointmentId = confirmed })).Must();
        desk.Clinic.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await sweep.SweepAsync(CancellationToken.None));

        Assert.Equal((AppointmentState.NoShow, AppointmentState.Cancelled), ((await desk.Clinic.AppointmentAsync(confirmed)).State, (await desk.Clinic.AppointmentAsync(provisional)).State));
        Assert.Empty((await desk.Clinic.AppointmentAsync(provisional)).Claims);
    }

    [Fact]
    public async Task The_board_shows_my_day_and_keeps_what_is_not_mine_without_health()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await TodayAsync(desk);
        var linh = await desk.Clinic.AddCosmetologistAsync("Linh Tran");

        var mine = (await desk.SendAsync(new TodayBoard.Query())).Must();
        var hers = (await desk.Clinic.SendAsync(linh, new TodayBoard.Query())).Must();
        var everyones = (await desk.Clinic.SendAsync(linh, new TodayBoard.Query(Everyone: true))).Must();

        Assert.NotNull(Assert.Single(mine.Rows).Decision);
        Assert.Empty(hers.Rows);
        var row = Assert.Single(everyones.Rows);
        Assert.Equal((null, null, null), (row.Decision, row.Indication, row.Because));
    }

    [Fact]
    public async Task A_patient_sees_the_own_appointments_and_how_to_prepare()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.BookAsync();
        var (account, other) = (await desk.Clinic.AddPatientAccountAsync(desk.Patient), await desk.AnotherPatientAsync());

        var own = (await desk.Clinic.SendAsync(account, new MyAppointments.Query())).Must();

        var next = Assert.Single(own.Ahead);
        Assert.NotEmpty(next.Preparation);
        Assert.DoesNotContain(next.Preparation, step => step.Title.Contains("guardian", StringComparison.Ordinal) || step.Title.Contains("consultation", StringComparison.Ordinal));
        Assert.Single(own.Past);
        Assert.IsType<Failure.NotFound>((await desk.Clinic.SendAsync(account, new MyAppointments.Query(other))).Failure);
    }

    /// <summary>Booked for 10:00 today, and here.</summary>
    private static async Task<Guid> TodayAsync(Desk desk)
    {
        var id = await desk.BookAsync(date: desk.Clinic.Today);
        (await desk.SendAsync(new MarkArrived.Command { AppointmentId = id })).Must();
        return id;
    }

    internal static async Task<Outcome<CheckIn.Result>> CheckInAsync(Desk desk, Guid id, Action<CheckIn.Command>? change = null)
    {
        var command = new CheckIn.Command { AppointmentId = id, FamilyName = "Lindqvist", BirthDate = new DateOnly(1990, 3, 11), TemperatureC = 36.7m, SystolicMmHg = 118, DiastolicMmHg = 76 };
        foreach (var question in TestClinic.Book.Value.Knowledge.Questions.Questions.Where(question => question.AskedAt >= MesoClinic.Rules.Facts.Stage.Visit))
        {
            command.Answers[question.Id] = "no";
        }

        change?.Invoke(command);
        var outcome = await desk.SendAsync(command);
        if (outcome.Value is { CheckedIn: false, ToAcknowledge.Count: > 0 } open)
        {
            command.CommandId = Guid.NewGuid();
            command.Acknowledged = [.. open.Assessment!.Findings.Where(finding => finding.Action == Decision.AllowWithCaution).Select(finding => finding.Rule)];
            return await desk.SendAsync(command);
        }

        return outcome;
    }
}
