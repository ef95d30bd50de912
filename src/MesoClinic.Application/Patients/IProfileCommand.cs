namespace MesoClinic.Application.Patients;

/// <summary>Changes one part of a health profile; answers with the patient's new version. A save against an older version is refused.</summary>
public interface IProfileCommand : ICommand<Guid>
{
    Guid PatientId { get; set; }
    Guid Version { get; set; }
}
