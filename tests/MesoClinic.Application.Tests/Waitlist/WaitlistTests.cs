using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Application.Waitlist;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Waitlist;

public sealed class WaitlistTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_cancelled_time_is_offered_held_and_booked_when_it_is_accepted(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var (waiting, taken) = (await desk.AnotherPatientAsync("Waiting"), await desk.BookAsync(AppointmentKind.Consultation));
        var entry = await WaitAsync(desk, waiting);

        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();

        var offered = Assert.Single((await desk.SendAsync(new ListWaitlist.Query())).Must().Open);
        Assert.Equal((WaitlistState.Offered, NextTuesday.ToDateTime(new TimeOnly(10, 0)), new DateTime(2026, 6, 1, 11, 0, 0)), (offered.State, offered.Offered!.Value, offered.OfferUntil!.Value));
        Assert.StartsWith("Just taken: Irina Volkova", Assert.IsType<Failure.Conflict>((await desk.SendAsync(desk.Booking(AppointmentKind.Consultation))).Failure).Message, StringComparison.Ordinal);
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());

        var booked = (await desk.SendAsync(new AcceptOffer.Command { EntryId = entry })).Must();

        var appointment = await desk.Clinic.AppointmentAsync(booked);
        Assert.Equal((AppointmentState.Booked, waiting, false), (appointment.State, appointment.PatientId, appointment.IsProvisional));
        Assert.IsType<Failure.Conflict>((await desk.SendAsync(new AcceptOffer.Command { EntryId = entry })).Failure);
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Fact]
    public async Task Who_is_offered_a_time_is_written_to_and_again_when_it_is_theirs()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var (waiting, taken) = (await desk.AnotherPatientAsync("Waiting"), await desk.BookAsync(AppointmentKind.Consultation));
        var entry = await WaitAsync(desk, waiting);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();
        await MessageRuns.RunAsync(desk.Clinic);
        (await desk.SendAsync(new AcceptOffer.Command { EntryId = entry })).Must();
        await MessageRuns.RunAsync(desk.Clinic);

        var mails = Eml.In(desk.Clinic.OutboxFolder);
        Assert.Equal(["A time has become free at Test clinic", "Your appointment at Test clinic"], mails.Select(mail => mail["Subject"]));
        Assert.Equal([true, false], mails.Select(mail => mail.Calendar is null));
    }

    [Fact]
    public async Task Nobody_is_offered_by_mail_what_they_declined_before_it_was_sent()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var (waiting, taken) = (await desk.AnotherPatientAsync("Waiting"), await desk.BookAsync(AppointmentKind.Consultation));
        var entry = await WaitAsync(desk, waiting);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();
        (await desk.SendAsync(new DeclineOffer.Command { EntryId = entry })).Must();

        Assert.Equal(0, await MessageRuns.RunAsync(desk.Clinic));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_declined_offer_passes_to_the_next_and_not_back_to_who_declined(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var (first, second) = (await desk.AnotherPatientAsync("First"), await desk.AnotherPatientAsync("Second"));
        var account = await desk.Clinic.AddPatientAccountAsync(first);
        var taken = await desk.BookAsync(AppointmentKind.Consultation);
        var entry = await WaitAsync(desk, first);
        desk.Clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = await WaitAsync(desk, second);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientTravel })).Must();
        Assert.Equal(entry, Assert.Single((await desk.Clinic.SendAsync(account, new MyOffers.Query())).Must().Offers).EntryId);

        (await desk.Clinic.SendAsync(account, new AnswerMyOffer.Command { EntryId = entry, Accept = false, KeepWaiting = true })).Must();

        Assert.Equal([(next, WaitlistState.Offered), (entry, WaitlistState.Waiting)], (await desk.SendAsync(new ListWaitlist.Query())).Must().Open.Select(row => (row.Id, row.State)));
        Assert.Equal((0, 1), ((await desk.Clinic.SendAsync(account, new MyOffers.Query())).Must().Offers.Count, (await desk.Clinic.SendAsync(account, new MyOffers.Query())).Must().Waiting));
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_unanswered_offer_expires_and_the_next_is_offered_the_time(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var (first, second) = (await desk.AnotherPatientAsync("First"), await desk.AnotherPatientAsync("Second"));
        var taken = await desk.BookAsync(AppointmentKind.Consultation);
        var entry = await WaitAsync(desk, first);
        desk.Clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = await WaitAsync(desk, second);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();

        desk.Clinic.Clock.Advance(TimeSpan.FromHours(2));
        Assert.IsType<Failure.Conflict>((await desk.SendAsync(new AcceptOffer.Command { EntryId = entry })).Failure);
        await using (var scope = desk.Clinic.Scope())
        {
            Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<ProvisionalSweep>().SweepAsync(CancellationToken.None));
        }

        var list = (await desk.SendAsync(new ListWaitlist.Query())).Must();
        Assert.Equal((next, WaitlistState.Offered), (list.Open[0].Id, list.Open[0].State));
        Assert.Equal((entry, WaitlistState.Expired), (Assert.Single(list.Lately).Id, list.Lately[0].State));
        (await desk.SendAsync(new ChangeWaitlistEntry.Command { EntryId = entry, PutBack = true })).Must();
        Assert.Equal(2, (await desk.SendAsync(new ListWaitlist.Query())).Must().Open.Count);
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Fact]
    public async Task A_moved_appointment_leaves_its_time_to_who_waits()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var taken = await desk.BookAsync(AppointmentKind.Consultation);
        await WaitAsync(desk, await desk.AnotherPatientAsync("Waiting"));
        var before = await desk.Clinic.AppointmentAsync(taken);

        (await desk.SendAsync(new MoveAppointment.Command
        {
            AppointmentId = taken, Version = before.Version, Date = NextTuesday, Start = new(14, 0), Minutes = 30, PractitionerId = desk.Irina, RoomId = desk.Room,
        })).Must();

        Assert.Equal(NextTuesday.ToDateTime(new TimeOnly(10, 0)), Assert.Single((await desk.SendAsync(new ListWaitlist.Query())).Must().Open).Offered);
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_time_that_is_not_safe_for_one_is_offered_to_the_next(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var (course, cautions) = await CourseAsync(desk);
        var next = await desk.AnotherPatientAsync("Next");
        var taken = (await desk.SendAsync(ABooking(await desk.AnotherPatientAsync("Third"), desk.Irina, desk.Room, AppointmentKind.Consultation))).Must();
        await WaitAsync(desk, desk.Patient, course, cautions);
        desk.Clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        await WaitAsync(desk, next);
        await desk.TakesAsync("B01AF01");

        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();

        Assert.Equal(next, Assert.Single((await desk.SendAsync(new ListWaitlist.Query())).Must().Open, row => row.State == WaitlistState.Offered).PatientId);
    }

    [Fact]
    public async Task An_offer_that_is_no_longer_safe_is_not_booked_when_it_is_accepted()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var (course, cautions) = await CourseAsync(desk);
        var taken = (await desk.SendAsync(ABooking(await desk.AnotherPatientAsync("Third"), desk.Irina, desk.Room, AppointmentKind.Consultation))).Must();
        var entry = await WaitAsync(desk, desk.Patient, course, cautions);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();
        Assert.Equal(WaitlistState.Offered, Assert.Single((await desk.SendAsync(new ListWaitlist.Query())).Must().Open).State);
        await desk.TakesAsync("B01AF01");

        var refused = Assert.IsType<Failure.Conflict>((await desk.SendAsync(new AcceptOffer.Command { EntryId = entry })).Failure);

        Assert.Contains("call the clinic", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("B01", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Decision.Refuse, await desk.Clinic.InDatabaseAsync(db => db.Assessments.Where(a => a.PatientId == desk.Patient && a.AppointmentId != null).OrderByDescending(a => a.Id).Select(a => a.Decision).FirstAsync()));
        Assert.Equal(0, await desk.Clinic.InDatabaseAsync(db => db.Appointments.CountAsync(a => a.CourseId == course && a.State == AppointmentState.Booked)));
    }

    [Fact]
    public async Task A_session_from_the_waitlist_is_assessed_and_belongs_to_its_course()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var (course, cautions) = await CourseAsync(desk);
        var taken = (await desk.SendAsync(ABooking(await desk.AnotherPatientAsync("Third"), desk.Irina, desk.Room, AppointmentKind.Consultation))).Must();
        var entry = await WaitAsync(desk, desk.Patient, course, cautions);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();

        var booked = await desk.Clinic.AppointmentAsync((await desk.SendAsync(new AcceptOffer.Command { EntryId = entry })).Must());

        Assert.Equal((course, AppointmentKind.Session), (booked.CourseId!.Value, booked.Kind));
        Assert.True(booked.Decision <= Decision.AllowWithCaution);
        Assert.Equal(2, await desk.Clinic.InDatabaseAsync(db => db.Assessments.CountAsync(a => a.AppointmentId == booked.Id)));
    }

    [Fact]
    public async Task Who_gives_a_time_back_is_not_offered_it()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var taken = await desk.BookAsync(AppointmentKind.Consultation);
        await WaitAsync(desk, desk.Patient);

        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientOtherPlans })).Must();

        Assert.Equal(WaitlistState.Waiting, Assert.Single((await desk.SendAsync(new ListWaitlist.Query())).Must().Open).State);
    }

    [Fact]
    public async Task Nobody_answers_the_offer_of_somebody_else()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var taken = await desk.BookAsync(AppointmentKind.Consultation);
        var entry = await WaitAsync(desk, await desk.AnotherPatientAsync("Waiting"));
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();
        var stranger = await desk.Clinic.AddPatientAccountAsync(desk.Patient);

        Assert.IsType<Failure.NotFound>((await desk.Clinic.SendAsync(stranger, new AnswerMyOffer.Command { EntryId = entry, Accept = true })).Failure);
        Assert.Empty((await desk.Clinic.SendAsync(stranger, new MyOffers.Query())).Must().Offers);
        Assert.Equal(WaitlistState.Offered, Assert.Single((await desk.SendAsync(new ListWaitlist.Query())).Must().Open).State);
    }

    [Fact]
    public async Task Who_waits_already_is_not_put_on_the_list_twice_and_can_be_taken_off()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var entry = await WaitAsync(desk, desk.Patient);

        Assert.IsType<Failure.Conflict>((await desk.SendAsync(Wait(desk.Patient, null, []))).Failure);
        (await desk.SendAsync(new ChangeWaitlistEntry.Command { EntryId = entry })).Must();
        await WaitAsync(desk, desk.Patient);
        var session = Wait(desk.Patient, null, []);
        session.Kind = AppointmentKind.Session;
        Assert.Contains(nameof(session.CourseId), Assert.IsType<Failure.Invalid>((await desk.SendAsync(session)).Failure).Errors.Keys);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Late_cancellations_by_the_patient_and_no_shows_are_counted_for_the_desk(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var tomorrow = desk.Clinic.Today.AddDays(1);
        async Task CancelAsync(DateOnly day, string start, CancelCode code) =>
            (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = await desk.BookAsync(AppointmentKind.Consultation, day, start), Code = code, Reason = "Said so" })).Must();
        await CancelAsync(tomorrow, "09:00", CancelCode.PatientOtherPlans);
        await CancelAsync(tomorrow, "09:05", CancelCode.PatientIll);
        await CancelAsync(desk.Clinic.Today, "15:00", CancelCode.PatientIll);
        await CancelAsync(desk.Clinic.Today, "15:00", CancelCode.ClinicAway);
        var missed = await desk.BookAsync(AppointmentKind.Consultation, desk.Clinic.Today, "15:00");
        desk.Clinic.Clock.Advance(TimeSpan.FromHours(7));

        Assert.Contains("Reason", Assert.IsType<Failure.Invalid>((await desk.SendAsync(new MarkNoShow.Command { AppointmentId = missed, Code = NoShowCode.Other })).Failure).Errors.Keys);
        (await desk.SendAsync(new MarkNoShow.Command { AppointmentId = missed, Code = NoShowCode.Forgot })).Must();

        Assert.Equal(new GetReliability.Result(1, 1), (await desk.SendAsync(new GetReliability.Query(desk.Patient))).Must());
        Assert.Equal(NoShowCode.Forgot, (await desk.Clinic.AppointmentAsync(missed)).NoShowCode);
    }

    private static AddToWaitlist.Command Wait(Guid patient, Guid? course, IReadOnlyList<string> cautions) => new()
    {
        PatientId = patient,
        Kind = course is null ? AppointmentKind.Consultation : AppointmentKind.Session,
        CourseId = course,
        Minutes = 30,
        Until = NextTuesday.AddDays(14),
        Acknowledged = cautions,
    };

    private static async Task<Guid> WaitAsync(Desk desk, Guid patient, Guid? course = null, IReadOnlyList<string>? cautions = null) => (await desk.SendAsync(Wait(patient, course, cautions ?? []))).Must();

    private static async Task<(Guid Course, IReadOnlyList<string> Cautions)> CourseAsync(Desk desk)
    {
        var course = (await desk.SendAsync(new PlanCourse.Command
        {
            PatientId = desk.Patient, PractitionerId = desk.Irina, Indication = "ind-wrinkles", Areas = ["forehead"], Technique = "tech-nappage", Ingredients = ["ing-hyaluronic-acid"], Sessions = 3, IntervalDaysMin = 5, IntervalDaysMax = 7,
        })).Must();
        return (course, await desk.CautionsAsync(desk.Booking()));
    }
}
