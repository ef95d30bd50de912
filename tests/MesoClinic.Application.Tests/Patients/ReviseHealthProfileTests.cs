using MesoClinic.Application.Patients;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Patients;

public sealed class ReviseHealthProfileTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_list_is_replaced_and_counts_as_gone_through_today(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var hannah = await clinic.AddPatientAsync(new PatientOptions { AssignedTo = [irina] });
        var chart = await ChartAsync(clinic, irina, hannah);

        var first = await clinic.SendAsync(irina, new SaveConditions.Command
        {
            PatientId = hannah,
            Version = chart.Version,
            Items =
            [
                new SaveConditions.Item { Icd10 = " l40.0 ", Status = ConditionStatus.Chronic, Areas = ["cheeks"] },
                new SaveConditions.Item { Icd10 = "X99.9", Title = "Something rare" },
            ],
        });
        var kept = (await ChartAsync(clinic, irina, hannah)).Profile.Conditions.Single(c => c.Icd10 == "L40.0");
        var second = await clinic.SendAsync(irina, new SaveConditions.Command { PatientId = hannah, Version = first.Value, Items = [new SaveConditions.Item { Id = kept.Id, Icd10 = "L40.0", Title = kept.Title, Status = ConditionStatus.History }] });
        var none = await clinic.SendAsync(irina, new SaveAllergies.Command { PatientId = hannah, Version = second.Value, None = true });

        Assert.True(none.Succeeded);
        var after = await ChartAsync(clinic, irina, hannah);
        var only = Assert.Single(after.Profile.Conditions);
        Assert.Equal((kept.Id, ConditionStatus.History, "Plaque psoriasis"), (only.Id, only.Status, only.Title));
        Assert.Equal(clinic.Today, after.Profile.List("conditions").ReviewedOn);
        Assert.True(after.Profile.List("allergies").IsCurrent);
        Assert.Null(after.Profile.List("medications").ReviewedOn);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_cannot_be_is_refused_beside_its_field_and_nothing_is_half_saved(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var hannah = await clinic.AddPatientAsync(new PatientOptions { AssignedTo = [irina] });
        var version = (await ChartAsync(clinic, irina, hannah)).Version;
        var (today, born) = (clinic.Today, new DateOnly(1990, 3, 11));

        async Task RefusesAsync(string field, ICommand<Guid> command)
        {
            var outcome = await clinic.SendAsync(irina, command);
            Assert.Equal([field], Assert.IsType<Failure.Invalid>(outcome.Failure).Errors.Keys);
        }

        foreach (var code in new[] { "", "L", "L4", "40.0", "L40.", "L40.123", "L400", "L40 0", "Л40" })
        {
            await RefusesAsync("Items[0].Icd10", new SaveConditions.Command { PatientId = hannah, Version = version, Items = [new SaveConditions.Item { Icd10 = code, Title = "x" }] });
        }

        await RefusesAsync("Items[0].Title", new SaveConditions.Command { PatientId = hannah, Version = version, Items = [new SaveConditions.Item { Icd10 = "X99.9" }] });
        await RefusesAsync("None", new SaveConditions.Command { PatientId = hannah, Version = version });
        foreach (var (field, item) in new (string, SaveMedications.Item)[]
        {
            ("Name", new() { Name = " " }),
            ("Atc", new() { Name = "x", Atc = "B01AF1" }),
            ("Atc", new() { Name = "x", Atc = "BAFF" }),
            ("Name", new() { Name = "x", KnowledgeId = "med-invented" }),
            ("Started", new() { Name = "x", Started = today.AddDays(1) }),
            ("LastDoseOn", new() { Name = "x", LastDoseKind = LastDoseKind.OnDate }),
            ("LastDoseOn", new() { Name = "x", LastDoseKind = LastDoseKind.OnDate, LastDoseOn = today.AddDays(1) }),
            ("LastDoseOn", new() { Name = "x", Started = today, LastDoseKind = LastDoseKind.OnDate, LastDoseOn = today.AddDays(-1) }),
        })
        {
            await RefusesAsync($"Items[0].{field}", new SaveMedications.Command { PatientId = hannah, Version = version, Items = [item] });
        }

        await RefusesAsync("Items[0].Allergen", new SaveAllergies.Command { PatientId = hannah, Version = version, Items = [new SaveAllergies.Item { Allergen = "alg-invented" }] });
        await RefusesAsync("Items[0].Date", new SaveProcedures.Command { PatientId = hannah, Version = version, Items = [new SaveProcedures.Item { Kind = "laser", Date = born.AddDays(-1) }] });
        await RefusesAsync("Items[0].Value", new RecordAnswers.Command { PatientId = hannah, Version = version, Items = [new RecordAnswers.Item { Question = "q-pregnant", Value = "maybe" }] });
        await RefusesAsync("Items[0].Value", new RecordAnswers.Command { PatientId = hannah, Version = version, Items = [new RecordAnswers.Item { Question = "q-guardian-consent", Value = "yes" }] });
        await RefusesAsync("Temperature", new RecordMeasurements.Command { PatientId = hannah, Version = version, Temperature = 366 });
        await RefusesAsync("Diastolic", new RecordMeasurements.Command { PatientId = hannah, Version = version, Systolic = 80, Diastolic = 120 });

        Assert.Equal(version, (await ChartAsync(clinic, irina, hannah)).Version);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Of_two_people_who_edit_the_second_is_told_and_loses_nothing(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var linh = await clinic.AddCosmetologistAsync("Linh Tran");
        var hannah = await clinic.AddHealthyPatientAsync(irina, linh);
        var version = (await ChartAsync(clinic, irina, hannah)).Version;

        var first = await clinic.SendAsync(irina, new SaveAllergies.Command { PatientId = hannah, Version = version, Items = [new SaveAllergies.Item { Allergen = "alg-latex" }] });
        var second = await clinic.SendAsync(linh, new SaveAllergies.Command { PatientId = hannah, Version = version, None = true });

        Assert.True(first.Succeeded);
        Assert.IsType<Failure.Stale>(second.Failure);
        Assert.Equal("alg-latex", Assert.Single((await ChartAsync(clinic, linh, hannah)).Profile.Allergies).Allergen);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_change_is_refused_to_those_who_may_not_see_the_chart_and_changes_nothing(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (irina, linh, sofia) = (await clinic.AddCosmetologistAsync(), await clinic.AddCosmetologistAsync("Linh Tran"), await clinic.AddManagerAsync());
        var hannah = await clinic.AddHealthyPatientAsync(irina);
        var account = await clinic.AddPatientAccountAsync(hannah);
        var version = (await ChartAsync(clinic, irina, hannah)).Version;

        SaveAllergies.Command Latex() => new() { PatientId = hannah, Version = version, Items = [new SaveAllergies.Item { Allergen = "alg-latex" }] };
        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(linh, Latex())).Failure);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(sofia, Latex())).Failure);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(account, Latex())).Failure);

        var after = await ChartAsync(clinic, irina, hannah);
        Assert.Equal(version, after.Version);
        Assert.Empty(after.Profile.Allergies);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_medicine_by_name_only_is_kept_as_not_identified_and_the_next_session_is_assessed_at_once(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var hannah = await clinic.AddHealthyPatientAsync(irina);
        var appointment = await AddSessionAsync(clinic, hannah, irina);
        var version = (await ChartAsync(clinic, irina, hannah)).Version;

        var named = await clinic.SendAsync(irina, new SaveMedications.Command { PatientId = hannah, Version = version, Items = [new SaveMedications.Item { Name = "Curcuma forte" }] });
        var medicine = Assert.Single((await ChartAsync(clinic, irina, hannah)).Profile.Medications);
        var unidentified = await clinic.InDatabaseAsync(db => db.Assessments.SingleAsync(a => a.AppointmentId == appointment));
        var taken = await clinic.SendAsync(irina, new SaveMedications.Command
        {
            PatientId = hannah,
            Version = named.Value,
            Items = [new SaveMedications.Item { Id = medicine.Id, Name = "Rivaroxaban", KnowledgeId = "med-rivaroxaban" }],
        });
        var refused = await clinic.InDatabaseAsync(db => db.Appointments.SingleAsync(a => a.Id == appointment));

        Assert.True(taken.Succeeded);
        Assert.False(medicine.IsIdentified);
        Assert.True(unidentified.Decision >= Decision.Incomplete);
        Assert.Contains(unidentified.Result.Missing, path => path.StartsWith("medications[0]", StringComparison.Ordinal));
        Assert.Equal(Decision.Refuse, refused.Decision);
        Assert.Equal(2, await clinic.InDatabaseAsync(db => db.Assessments.CountAsync(a => a.AppointmentId == appointment)));
        Assert.NotNull((await ChartAsync(clinic, irina, hannah)).Next!.Because);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Answers_are_added_and_the_newest_counts(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var hannah = await clinic.AddHealthyPatientAsync(irina);
        clinic.Clock.Advance(TimeSpan.FromMinutes(5));
        var version = (await ChartAsync(clinic, irina, hannah)).Version;

        await clinic.SendAsync(irina, new RecordAnswers.Command
        {
            PatientId = hannah,
            Version = version,
            Items = [new RecordAnswers.Item { Question = "q-keloid-family", Value = Answers.DoNotKnow }, new RecordAnswers.Item { Question = "q-asthma", Value = "yes" }],
        });

        var answers = (await ChartAsync(clinic, irina, hannah)).Profile.Answers;
        Assert.Equal(AnswerState.NotKnown, answers.Single(a => a.Question == "q-keloid-family").State);
        Assert.Equal("yes", answers.Single(a => a.Question == "q-asthma").Value);
        Assert.Equal(2, await clinic.InDatabaseAsync(db => db.Set<Domain.Patients.PatientAnswer>().CountAsync(a => a.Question == "q-asthma")));
    }

    private static async Task<GetChart.Chart> ChartAsync(TestClinic clinic, Guid user, Guid patient) => (await clinic.SendAsync(user, new GetChart.Query(patient))).Value!;

    private static Task<Guid> AddSessionAsync(TestClinic clinic, Guid patient, Guid practitioner) => clinic.InDatabaseAsync(async db =>
    {
        var room = new Room { Name = "Room 1" };
        var start = clinic.Clock.GetUtcNow().UtcDateTime.AddDays(7);
        var appointment = new Appointment
        {
            PatientId = patient, PractitionerId = practitioner, RoomId = room.Id, Kind = AppointmentKind.Session, StartUtc = start, EndUtc = start.AddMinutes(45), WallStart = start.AddHours(1),
            BookedById = practitioner, BookedUtc = start.AddDays(-7),
            Plan = new PlannedTreatment { Indication = "ind-wrinkles", Areas = ["forehead"], Technique = "tech-nappage", Ingredients = ["ing-hyaluronic-acid"] },
        };
        db.AddRange(room, appointment);
        await db.SaveChangesAsync();
        return appointment.Id;
    });
}
