using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Booking;

public sealed class BookAppointmentTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_session_that_nothing_speaks_against_is_booked_with_its_claims_and_its_assessment(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);

        var id = await desk.BookAsync();

        var appointment = await desk.Clinic.AppointmentAsync(id);
        Assert.Equal(new DateTime(2026, 6, 9, 9, 0, 0, DateTimeKind.Utc), appointment.StartUtc);
        Assert.Equal(new DateTime(2026, 6, 9, 10, 0, 0, DateTimeKind.Unspecified), appointment.WallStart);
        Assert.False(appointment.IsProvisional);
        Assert.Equal(18, appointment.Claims.Count);
        Assert.True(appointment.Decision <= Decision.AllowWithCaution);
        Assert.Equal(1, await desk.Clinic.InDatabaseAsync(db => db.Assessments.CountAsync(a => a.AppointmentId == id)));
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_absolute_contraindication_refuses_the_session_and_keeps_the_assessment(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.TakesAsync("B01AF01");

        var outcome = await desk.SendAsync(desk.Booking());

        var refused = Assert.IsType<Failure.Contraindicated>(outcome.Failure);
        Assert.Equal(Decision.Refuse, refused.Assessment.Decision);
        Assert.Contains(refused.Assessment.Findings, finding => finding.Rule == "ci-anticoagulant-current");
        Assert.Equal(1, await desk.Clinic.InDatabaseAsync(db => db.Assessments.CountAsync(a => a.Decision == Decision.Refuse)));
        Assert.Equal(0, await desk.Clinic.InDatabaseAsync(db => db.SlotClaims.CountAsync()));
    }

    [Theory]
    [InlineData(AppointmentKind.Consultation)]
    [InlineData(AppointmentKind.FollowUp)]
    public async Task Consultations_and_follow_ups_are_never_blocked(AppointmentKind kind)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.TakesAsync("B01AF01");

        var appointment = await desk.Clinic.AppointmentAsync((await desk.SendAsync(desk.Booking(kind: kind))).Must());

        Assert.False(appointment.IsProvisional);
    }

    [Fact]
    public async Task A_postponed_session_is_refused_with_the_earliest_safe_date_and_booked_on_it()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.Clinic.InDatabaseAsync(async db =>
        {
            var patient = await db.Patients.Include(p => p.Procedures).SingleAsync(p => p.Id == desk.Patient);
            patient.Procedures.Add(new PatientProcedure { Kind = "botulinum-toxin", Date = desk.Clinic.Today, Areas = ["forehead"], NotedOn = desk.Clinic.Today });
            await db.SaveChangesAsync();
        });

        var refused = Assert.IsType<Failure.Contraindicated>((await desk.SendAsync(desk.Booking())).Failure);

        Assert.Equal(Decision.Postpone, refused.Assessment.Decision);
        var safe = Assert.NotNull(refused.Assessment.EarliestSafeDate);
        Assert.True(safe > NextTuesday);
        await desk.BookAsync(date: safe);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_patient_of_whom_something_is_unknown_gets_a_provisional_time_for_72_hours(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var stranger = await desk.PatientWithAnOpenQuestionAsync();

        var appointment = await desk.Clinic.AppointmentAsync((await desk.SendAsync(ABooking(stranger, desk.Irina, desk.Room), acknowledge: true)).Must());

        Assert.Equal(Decision.Incomplete, appointment.Decision);
        Assert.Equal(desk.Clinic.Clock.GetUtcNow().UtcDateTime.AddHours(72), appointment.ProvisionalUntilUtc);
    }

    [Fact]
    public async Task A_caution_is_booked_only_when_it_is_acknowledged_and_the_acknowledgement_is_kept()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var command = desk.Booking();
        await desk.Clinic.InDatabaseAsync(async db =>
        {
            var patient = await db.Patients.Include(p => p.Procedures).SingleAsync(p => p.Id == desk.Patient);
            patient.Procedures.Add(new PatientProcedure { Kind = "social-event", Date = NextTuesday.AddDays(5), NotedOn = desk.Clinic.Today });
            await db.SaveChangesAsync();
        });

        var invalid = Assert.IsType<Failure.Invalid>((await desk.SendAsync(command)).Failure);
        Assert.StartsWith("Acknowledge before booking", invalid.Errors[nameof(command.Acknowledged)][0], StringComparison.Ordinal);
        var id = (await desk.SendAsync(desk.Booking(), acknowledge: true)).Must();

        var appointment = await desk.Clinic.AppointmentAsync(id);
        Assert.Equal(Decision.AllowWithCaution, appointment.Decision);
        Assert.NotEmpty(appointment.Acknowledged);
    }

    [Theory]
    [InlineData("08:55", 30, "open 09:00")]
    [InlineData("18:45", 30, "open 09:00")]
    public async Task A_time_outside_opening_hours_is_refused_beside_the_start(string start, int minutes, string says)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);

        var invalid = Assert.IsType<Failure.Invalid>((await desk.SendAsync(desk.Booking(start: start, minutes: minutes))).Failure);

        Assert.Contains(says, invalid.Errors[nameof(BookAppointment.Command.Start)][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_past_cannot_be_booked()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);

        var yesterday = Assert.IsType<Failure.Invalid>((await desk.SendAsync(desk.Booking(date: desk.Clinic.Today.AddDays(-1)))).Failure);
        desk.Clinic.Clock.Advance(TimeSpan.FromHours(2));
        var anHourAgo = Assert.IsType<Failure.Invalid>((await desk.SendAsync(desk.Booking(date: desk.Clinic.Today))).Failure);

        Assert.Contains(nameof(BookAppointment.Command.Date), yesterday.Errors.Keys);
        Assert.Contains(nameof(BookAppointment.Command.Start), anHourAgo.Errors.Keys);
    }

    [Theory]
    [InlineData("2027-03-28", "01:30", "forward")]
    [InlineData("2026-10-25", "01:30", "back")]
    public async Task A_time_that_daylight_saving_skips_or_repeats_is_refused(string date, string start, string says)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.OpenAllDayAsync();

        var invalid = Assert.IsType<Failure.Invalid>((await desk.SendAsync(desk.Booking(AppointmentKind.Consultation, DateOnly.ParseExact(date, "yyyy-MM-dd", null), start))).Failure);

        Assert.Contains(says, invalid.Errors[nameof(BookAppointment.Command.Start)][0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/London", "2026-10-25", "2027-03-28")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "2027-04-04")]
    [InlineData("Asia/Kathmandu", "2026-10-25", "2027-03-28")]
    public async Task On_both_daylight_saving_days_every_bookable_quarter_of_an_hour_is_one_appointment(string zone, string first, string second)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.OpenAllDayAsync(zone);
        foreach (var day in new[] { first, second }.Select(text => DateOnly.ParseExact(text, "yyyy-MM-dd", null)))
        {
            var booked = 0;
            for (var start = new TimeOnly(0, 0); start <= new TimeOnly(5, 45); start = start.AddMinutes(15))
            {
                var command = desk.Booking(AppointmentKind.Consultation, day, minutes: 15);
                command.Start = start;
                var outcome = await desk.SendAsync(command);
                Assert.True(outcome.Succeeded || outcome.Failure is Failure.Invalid, $"{day} {start}: {outcome.Failure}");
                booked += outcome.Succeeded ? 1 : 0;
            }

            Assert.InRange(booked, 20, 24);
        }

        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_same_form_sent_twice_books_once(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var command = desk.Booking();
        command.Acknowledged = await desk.CautionsAsync(command);

        var first = (await desk.Clinic.SendAsync(desk.Irina, command)).Must();
        var again = (await desk.Clinic.SendAsync(desk.Irina, command)).Must();

        Assert.Equal(first, again);
        Assert.Equal(1, await desk.Clinic.InDatabaseAsync(db => db.Appointments.CountAsync(a => a.State == AppointmentState.Booked)));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Whoever_comes_second_is_told_who_or_what_is_taken(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var (other, linh, room2) = (await desk.AnotherPatientAsync(), await desk.Clinic.AddCosmetologistAsync("Linh Tran"), await desk.Clinic.AddRoomAsync("Room 2"));
        await desk.BookAsync();

        var practitioner = await desk.SendAsync(ABooking(other, desk.Irina, room2, AppointmentKind.Consultation, start: "10:25"));
        var room = await desk.SendAsync(ABooking(other, linh, desk.Room, AppointmentKind.Consultation, start: "09:45"));
        var patient = await desk.SendAsync(ABooking(desk.Patient, linh, room2, AppointmentKind.Consultation));

        Assert.StartsWith("Just taken: Irina Volkova has", Assert.IsType<Failure.Conflict>(practitioner.Failure).Message, StringComparison.Ordinal);
        Assert.StartsWith("Just taken: Room 1 has", Assert.IsType<Failure.Conflict>(room.Failure).Message, StringComparison.Ordinal);
        Assert.StartsWith("Just taken: the patient has", Assert.IsType<Failure.Conflict>(patient.Failure).Message, StringComparison.Ordinal);
        (await desk.SendAsync(ABooking(other, linh, desk.Room, AppointmentKind.Consultation, start: "10:30"))).Must();
    }

    [Fact]
    public async Task An_expired_provisional_booking_gives_its_time_to_the_next()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var stranger = await desk.PatientWithAnOpenQuestionAsync();
        var provisional = (await desk.SendAsync(ABooking(stranger, desk.Irina, desk.Room), acknowledge: true)).Must();
        Assert.IsType<Failure.Conflict>((await desk.SendAsync(desk.Booking())).Failure);

        desk.Clinic.Clock.Advance(TimeSpan.FromHours(73));
        await desk.BookAsync(kind: AppointmentKind.Consultation);

        var expired = await desk.Clinic.AppointmentAsync(provisional);
        Assert.Equal(AppointmentState.Cancelled, expired.State);
        Assert.Empty(expired.Claims);
    }

    [Fact]
    public async Task Who_may_not_read_the_chart_books_without_learning_why()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.TakesAsync("B01AF01");
        var linh = await desk.Clinic.AddCosmetologistAsync("Linh Tran");

        var refused = Assert.IsType<Failure.Contraindicated>((await desk.Clinic.SendAsync(linh, desk.Booking())).Failure);
        var preview = (await desk.Clinic.SendAsync(linh, new PreviewBooking.Query(desk.Booking()))).Must();

        Assert.Equal(Decision.Refuse, refused.Assessment.Decision);
        Assert.Empty(refused.Assessment.Findings);
        Assert.Empty(preview.Assessment!.Findings);
        Assert.False(preview.MayReadChart);
    }

    [Fact]
    public async Task Only_clinicians_book()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var account = await desk.Clinic.AddPatientAccountAsync(desk.Patient);
        var manager = await desk.Clinic.AddManagerAsync();

        Assert.IsType<Failure.Forbidden>((await desk.Clinic.SendAsync(account, desk.Booking())).Failure);
        Assert.IsType<Failure.Forbidden>((await desk.Clinic.SendAsync(manager, desk.Booking())).Failure);
    }

    [Fact]
    public async Task Where_everybody_books_in_their_own_column_a_colleagues_is_closed()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var linh = await desk.Clinic.AddCosmetologistAsync("Linh Tran");
        await desk.Clinic.InDatabaseAsync(db => db.Clinics.ExecuteUpdateAsync(c => c.SetProperty(x => x.AnyoneBooksAnyColumn, false)));

        var invalid = Assert.IsType<Failure.Invalid>((await desk.SendAsync(ABooking(desk.Patient, linh, desk.Room, AppointmentKind.Consultation))).Failure);

        Assert.Contains(nameof(BookAppointment.Command.PractitionerId), invalid.Errors.Keys);
        await desk.BookAsync();
    }

    [Fact]
    public async Task What_is_missing_or_made_up_is_named_beside_its_field()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var empty = new BookAppointment.Command { Minutes = 7 };
        var madeUp = desk.Booking();
        (madeUp.Technique, madeUp.Areas, madeUp.PractitionerId) = ("tech-voodoo", [], desk.Irina);

        var shape = Assert.IsType<Failure.Invalid>((await desk.SendAsync(empty)).Failure);
        var plan = Assert.IsType<Failure.Invalid>((await desk.SendAsync(madeUp)).Failure);

        Assert.Superset(new HashSet<string>(["PatientId", "Date", "Start", "Minutes", "PractitionerId", "RoomId"], StringComparer.Ordinal), shape.Errors.Keys.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(["Areas", "Technique"], plan.Errors.Keys.Order(StringComparer.Ordinal));
    }
}
