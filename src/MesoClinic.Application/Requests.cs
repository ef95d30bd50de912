using MediatR;

namespace MesoClinic.Application;

/// <summary>Anything that people can ask of the clinic. Each declares its permission with <see cref="RequiresAttribute"/>.</summary>
public interface IClinicRequest;

/// <summary>Reads. Reads of a patient's record are audited through <see cref="Patients.PatientAccess"/>.</summary>
public interface IQuery<T> : IRequest<Outcome<T>>, IClinicRequest;

/// <summary>Changes something, in one transaction with its audit row.</summary>
public interface ICommand<T> : IRequest<Outcome<T>>, IClinicCommand;

/// <summary>The id is minted when the form opens: sending the same command again acts once and answers the same.</summary>
public interface IClinicCommand : IClinicRequest
{
    Guid CommandId { get; }
}
