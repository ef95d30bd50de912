using MesoClinic.Application.Patients;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Xunit;

namespace MesoClinic.Application.Tests.Patients;

public sealed class ProfileHistoryTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_corrected_fact_stays_with_what_it_said_before_who_changed_it_and_when(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var hannah = await clinic.AddHealthyPatientAsync(irina);
        await SaveAsync(clinic, irina, hannah, (id, version) => new SaveMedications.Command { PatientId = id, Version = version, Items = [new SaveMedications.Item { Name = "Rivaroxaban", Atc = "B01AF01", LastDoseKind = LastDoseKind.StillTaken }] });
        var medicine = (await ChartAsync(clinic, irina, hannah)).Profile.Medications.Single();

        clinic.Clock.Advance(TimeSpan.FromMinutes(5));
        await SaveAsync(clinic, irina, hannah, (id, version) => new SaveMedications.Command
        {
            PatientId = id, Version = version, Items = [new SaveMedications.Item { Id = medicine.Id, Name = "Rivaroxaban", Atc = "B01AF01", LastDoseKind = LastDoseKind.OnDate, LastDoseOn = new DateOnly(2026, 5, 1), PrescriberConfirmedStop = true }],
        });
        clinic.Clock.Advance(TimeSpan.FromMinutes(5));
        await SaveAsync(clinic, irina, hannah, (id, version) => new SaveMedications.Command { PatientId = id, Version = version, None = true });

        var rows = await HistoryAsync(clinic, irina, hannah);
        const string taken = "Rivaroxaban (B01AF01), still taken";
        const string ended = "Rivaroxaban (B01AF01), last taken 1 May 2026, end confirmed by the prescriber";
        Assert.Equal([(ended, null), (taken, ended), (null, taken)], rows.Select(row => (row.Before, row.After)));
        Assert.All(rows, row => Assert.Equal(("Irina Volkova", ProfilePart.Medications), (row.By, row.Part)));
        Assert.Equal(new DateTime(2026, 6, 1, 9, 10, 0), rows[0].At);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Another_answer_and_another_birth_date_are_changes_the_same_again_is_none(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var hannah = await clinic.AddHealthyPatientAsync(irina);
        clinic.Clock.Advance(TimeSpan.FromMinutes(5));
        await SaveAsync(clinic, irina, hannah, (id, version) => new RecordAnswers.Command { PatientId = id, Version = version, Items = [new RecordAnswers.Item { Question = "q-pregnant", Value = "no" }] });
        Assert.Empty(await HistoryAsync(clinic, irina, hannah));

        clinic.Clock.Advance(TimeSpan.FromMinutes(5));
        await SaveAsync(clinic, irina, hannah, (id, version) => new RecordAnswers.Command { PatientId = id, Version = version, Items = [new RecordAnswers.Item { Question = "q-pregnant", Value = "yes" }] });
        await SaveAsync(clinic, irina, hannah, (id, version) => new UpdatePatientDetails.Command { PatientId = id, Version = version, GivenName = "Hannah", FamilyName = "Lindqvist", BirthDate = new DateOnly(2010, 3, 11), Sex = Sex.Female });

        var rows = await HistoryAsync(clinic, irina, hannah);
        Assert.Equal(2, rows.Count);
        var answer = Assert.Single(rows, row => row.Part == ProfilePart.Answers);
        Assert.EndsWith(" no (1 June 2026)", answer.Before, StringComparison.Ordinal);
        Assert.EndsWith(" yes (1 June 2026)", answer.After, StringComparison.Ordinal);
        var person = Assert.Single(rows, row => row.Part == ProfilePart.Person);
        Assert.Equal(("Born: 11 March 1990", "Born: 11 March 2010"), (person.Before, person.After));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Only_those_who_may_see_the_chart_see_its_history(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var linh = await clinic.AddCosmetologistAsync("Linh Tran");
        var hannah = await clinic.AddHealthyPatientAsync(irina);

        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(linh, new GetProfileHistory.Query(hannah))).Failure);
    }

    private static async Task SaveAsync(TestClinic clinic, Guid by, Guid patient, Func<Guid, Guid, ICommand<Guid>> command) =>
        (await clinic.SendAsync(by, command(patient, (await ChartAsync(clinic, by, patient)).Version))).Must();

    private static async Task<GetChart.Chart> ChartAsync(TestClinic clinic, Guid by, Guid patient) => (await clinic.SendAsync(by, new GetChart.Query(patient))).Must();

    private static async Task<IReadOnlyList<GetProfileHistory.Row>> HistoryAsync(TestClinic clinic, Guid by, Guid patient) => (await clinic.SendAsync(by, new GetProfileHistory.Query(patient))).Must().Rows;
}
